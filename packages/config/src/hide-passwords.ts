/** A text in which the users and passwords of URLs are hidden: for terminals and logs. */
export function hidePasswords(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s"']*@/gi, '$1***@');
}
