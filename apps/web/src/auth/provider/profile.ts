/** Whoever a provider vouches for. */
export type Profile = {
  /** Who they are there, for ever. */
  subject: string;
  /** Their address; null: the provider tells none. */
  email: string | null;
  /** Whether the provider says that it has seen mail to the address reach them; null: it says nothing of it. */
  isVerified: boolean | null;
  name: string | null;
};

/** Longest text that is taken from a provider, characters. */
const MOST = 254;

/** A text of a provider's answer, of which one knows nothing; null where it is none, or too long. */
export const textIn = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' && value.length <= MOST ? value.trim() : null;
