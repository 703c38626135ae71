import { createHash, randomBytes } from 'node:crypto';

/** A name of fixed length for what some texts and numbers identify: 128 bits of SHA-256, so that no two meet. */
export function documentId(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

/** A name that nothing has had before. */
export function newName(): string {
  return randomBytes(12).toString('base64url');
}

/** The name of a build of a day that is opened again. */
export const newOpenBuild = (day: string): string => `open-${day}-${newName()}`;
