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
export type FormState = {
  error?: FormError;
  /** What else was wrong with it. */
  more?: readonly FormError[];
  /** What was typed, by field. */
  values?: Readonly<Record<string, string>>;
  /** What was ticked, by field: fields of which several can be. */
  ticked?: Readonly<Record<string, readonly string[]>>;
};
