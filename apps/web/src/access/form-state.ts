import type { FailureValues } from '@footfall/core/failure';

/** Why a form was refused: `code` and `values` for the words of the reader's language, `message` in English until they have them. */
export type FormError = {
  code: string;
  values: FailureValues;
  message: string;
  /** The field that it is about; absent: the form as a whole. */
  field?: string;
};

/** What a form shows after it was sent in vain: what was wrong, and what had been typed. */
export type FormState = { error?: FormError; values?: Readonly<Record<string, string>> };
