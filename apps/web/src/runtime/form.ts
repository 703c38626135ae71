import { asFailure } from './failure.ts';
import { services } from './services.ts';

/** What a form shows after it was sent in vain: what was wrong, at which field, and what had been typed. */
export type FormState = {
  error?: { message: string; field?: string };
  values?: Readonly<Record<string, string>>;
};

/** A failure's message as a sentence. It begins in lower case, since it also stands behind a colon; names such as domains stay as they are. */
export function sentence(message: string): string {
  const text = message.replace(/^[a-z]+(?=[\s,;])/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The text of a form's field. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** What to show when an action fails: a failure says it itself, of anything else only the log says more. */
export function failedForm(error: unknown, values: Readonly<Record<string, string>>): FormState {
  const failure = asFailure(error);
  if (failure !== null && failure.status < 500) {
    const { message, where } = failure;
    return {
      error: { message: sentence(message), ...(where === undefined ? {} : { field: where }) },
      values,
    };
  }
  services().log.error({ err: error }, 'action failed');
  return {
    error: { message: 'Something went wrong on our side. Nothing was changed; please try again.' },
    values,
  };
}
