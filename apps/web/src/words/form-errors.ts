import type { FailureValues } from '@footfall/core/failure';
import type { FormError } from '#access/form-state.ts';
import { useWords } from '#words/use-words.ts';

/** What is wrong with a form, in the reader's language: at its fields, and in general where it is at none of them. */
export type FormErrors = {
  /** The sentence at a field, or at one of several that share a place. */
  errorAt: (...fields: readonly string[]) => string | undefined;
  general: string | undefined;
};

type Sentences = { (code: string, values: FailureValues): string; has(code: string): boolean };

/** The sentence of a failure's code, with its values. A code without one, and values that do not fit, leave the English message. */
function toSentence({ code, values, message }: FormError, words: Sentences): string {
  if (code.includes('.') || !words.has(code)) return message;
  const text = words(code, values);
  // That is what use-intl says of a sentence that lacks a value.
  return text === `failures.${code}` ? message : text;
}

/** Reads the error of a form that has these fields. What is wrong with another field is said in general: never nowhere. */
export function useFormErrors(state: { error?: FormError }, fields: readonly string[]): FormErrors {
  const words = useWords('failures') as unknown as Sentences;
  const { error } = state;
  if (error === undefined) return { errorAt: () => undefined, general: undefined };
  const sentence = toSentence(error, words);
  const isAtField = error.field !== undefined && fields.includes(error.field);
  return {
    errorAt: (...at) => (isAtField && at.includes(error.field as string) ? sentence : undefined),
    general: isAtField ? undefined : sentence,
  };
}
