import { type Failure, failures } from '@footfall/core/failure';
import { z } from 'zod';
import { asFailure } from '#runtime/failure.ts';
import type { FormError, FormState } from './form-state.ts';

export const formFailure = failures({
  invalid_form: { status: 400, retriable: false },
});

/** No field of a form is longer, characters; what fits a field is the domain's to say. */
const MAX_TEXT = 20_000;

/** A text of a form. Forms send texts only: what came twice, or is a file, is refused. */
export const text = () => z.string().max(MAX_TEXT);

/** Texts of a form by one name: as many as are ticked. */
export const texts = () =>
  z
    .union([text().transform((one) => [one]), z.array(text()).max(1_000)])
    .optional()
    .transform((all) => all ?? []);

/** A box that is ticked or not. */
export const tick = () =>
  z
    .literal('on')
    .optional()
    .transform((value) => value === 'on');

/** A schema of all fields that a form may have: others are refused. */
export type FormSchema = z.ZodObject<z.ZodRawShape, z.core.$strict>;

/** The fields of a form by name: one that came several times as a list. Next's own are left out. */
function readFields(form: FormData): Record<string, unknown> {
  const names = [...new Set(form.keys())].filter((name) => !name.startsWith('$ACTION'));
  return Object.fromEntries(
    names.map((name) => {
      const all = form.getAll(name);
      return [name, all.length === 1 ? all[0] : all];
    }),
  );
}

/**
 * The fields of a form as its schema reads them.
 * @throws Failure `invalid_form`: a form of ours is never refused here, only what somebody made by hand
 */
export function readForm<Schema extends FormSchema>(schema: Schema, form: FormData): z.output<Schema> {
  const result = schema.safeParse(readFields(form));
  if (result.success) return result.data;
  const where = result.error.issues[0]?.path.join('.');
  throw formFailure(
    'invalid_form',
    'the form is not complete, or has something that does not belong into it',
    {
      ...(where === undefined || where === '' ? {} : { where }),
    },
  );
}

/** What was typed and ticked, to show it again; never what is secret. */
export function typedTexts(
  form: FormData,
  secrets: readonly string[],
): { values: Record<string, string>; ticked: Record<string, string[]> } {
  const shown = Object.keys(readFields(form)).filter((name) => !secrets.includes(name));
  const all = shown.map((name): [string, string[]] => [
    name,
    form.getAll(name).filter((value) => typeof value === 'string'),
  ]);
  const texts = all.flatMap(([name, [text, ...others]]): [string, string][] =>
    text === undefined || others.length > 0 ? [] : [[name, text]],
  );
  return { values: Object.fromEntries(texts), ticked: Object.fromEntries(all) };
}

/** A failure's message as a sentence. It begins in lower case, since it also stands after a colon; names such as domains stay as they are. */
export function sentence(message: string): string {
  const begun = message.replace(/^[a-z]+(?=[\s,;])/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

const OURS = 'Something went wrong on our side. Nothing was changed; please try again.';

const toFormError = ({ code, message, where, values }: Failure): FormError => ({
  code,
  values,
  message: sentence(message),
  ...(where === undefined ? {} : { field: where }),
});

/** All that was wrong as a form shows it; null when it was not the form's fault, so that the log has to have it. */
function toFormErrors(error: unknown): Pick<FormState, 'error' | 'more'> | null {
  const failure = asFailure(error);
  if (failure === null || failure.status >= 500) return null;
  const more = failure.also.map(toFormError);
  return { error: toFormError(failure), ...(more.length === 0 ? {} : { more }) };
}

/** What a form shows when its action failed: a failure says it itself; anything else goes to `log`, and only there. */
export function failedForm(
  error: unknown,
  { typed, log }: { typed: Pick<FormState, 'values' | 'ticked'>; log: (error: unknown) => void },
): FormState {
  const known = toFormErrors(error);
  if (known === null) log(error);
  return { ...(known ?? { error: { code: 'internal', values: {}, message: OURS } }), ...typed };
}
