'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { signInWithProvider } from './provider-actions.ts';

type Props = { providers: readonly { id: string; name: string }[]; next?: string };

/** The ways to sign in, or up, without a password of ours; nothing where none is set up. */
export function ProviderButtons({ providers, next = '/' }: Props) {
  const words = useWords('auth');
  const [state, action, pending] = useActionState(signInWithProvider, {});
  const { general } = useFormErrors(state, []);
  if (providers.length === 0) return null;
  return (
    <form action={action} className="space-y-3 pt-5">
      <div className="flex items-center gap-3 pb-1 text-quiet">
        <span aria-hidden className="h-px flex-1 bg-line" />
        {words('or')}
        <span aria-hidden className="h-px flex-1 bg-line" />
      </div>
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="next" value={next} />
      {providers.map(({ id, name }) => (
        <Button key={id} type="submit" name="provider" value={id} className="w-full" pending={pending}>
          {words('continueWith', { provider: name })}
        </Button>
      ))}
    </form>
  );
}
