import { startTransition, useEffect, useState, useTransition } from 'react';
import type { FormState } from '#access/form-state.ts';

/** What the portal asks a browser for, or why it does not. */
export type AskedPasskey<Options> = FormState & { options?: Options };

type Problem = { said?: 'cancelled' | 'failed'; error?: NonNullable<FormState['error']> };

type Steps<Options> = {
  /** Asks the portal what to ask the browser for. */
  ask: (state: FormState, form: FormData) => Promise<AskedPasskey<Options>>;
  /** Has the browser do it: somebody touches a key, or looks into a camera. */
  perform: (options: Options) => Promise<unknown>;
  /** Sends what came of it, in the field `response` of the form. */
  finish: (form: FormData) => void;
};

/** Somebody closed the browser's window, or took too long. */
const isCancelled = (cause: unknown) =>
  cause instanceof Error && ['NotAllowedError', 'AbortError'].includes(cause.name);

/** The steps by which a browser makes a passkey, or signs with one. `isSupported` is false until it is known. */
export function usePasskey<Options>({ ask, perform, finish }: Steps<Options>) {
  const [isSupported, setSupported] = useState(false);
  const [problem, setProblem] = useState<Problem>({});
  const [pending, begin] = useTransition();
  useEffect(() => setSupported(typeof window.PublicKeyCredential === 'function'), []);
  /** `asked`: what the first step is told, if that is less than the last. */
  const start = (form: FormData, asked = form) =>
    begin(async () => {
      setProblem({});
      const { options, error } = await ask({}, asked);
      if (options === undefined) return setProblem(error === undefined ? {} : { error });
      try {
        form.set('response', JSON.stringify(await perform(options)));
      } catch (cause) {
        return setProblem({ said: isCancelled(cause) ? 'cancelled' : 'failed' });
      }
      startTransition(() => finish(form));
    });
  return { isSupported, problem, pending, start };
}
