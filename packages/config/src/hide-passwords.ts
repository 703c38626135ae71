/** What examples of URLs have, so that they can be read: nobody's password. */
const EXAMPLE = 'user:password';

/** Parameters of a URL that are secret. */
const SECRET_PARAMETER = /([?&](?:password|sslpassword)=)[^&\s"']*/gi;

/** A text in which the users and passwords of URLs are hidden: for terminals and logs. */
export function hidePasswords(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)([^\s"']*)@/gi, (found, scheme: string, hidden: string) =>
      hidden === EXAMPLE ? found : `${scheme}***@`,
    )
    .replace(SECRET_PARAMETER, '$1***');
}

/**
 * A URL of which nothing is shown that may belong to its user or password, however it is written: with blanks, quotes, or one slash too
 * few.
 */
export function hideCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/+)?[\s\S]*@/i, '$1***@').replace(SECRET_PARAMETER, '$1***');
}
