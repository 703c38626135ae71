/** A name of TypeScript as SQL and public JSON write it: `utmSource` is `utm_source`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
