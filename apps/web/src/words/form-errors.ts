import type { FailureValues } from '@footfall/core/failure';
import type { FormError, FormState } from '#access/form-state.ts';
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
export function useFormErrors(
  { error, more = [] }: Pick<FormState, 'error' | 'more'>,
  fields: readonly string[],
): FormErrors {
  const words = useWords('failures') as unknown as Sentences;
  const all = error === undefined ? [] : [error, ...more];
  const isAtField = ({ field }: FormError) => field !== undefined && fields.includes(field);
  const elsewhere = all.filter((one) => !isAtField(one));
  const count = new Set(all.filter(isAtField).map(({ field }) => field)).size;
  // One field says itself what is wrong, and has the focus; of several somebody who does not see them hears how many.
  const said = [
    ...elsewhere.map((one) => toSentence(one, words)),
    ...(count > 1 ? [words('several_fields', { count })] : []),
  ];
  return {
    errorAt(...at) {
      const found = all.find((one) => isAtField(one) && at.includes(one.field as string));
      return found && toSentence(found, words);
    },
    general: said.length === 0 ? undefined : said.join(' '),
  };
}
