'use client';

import { useActionState } from 'react';
import { useWords } from '#words/use-words.ts';
import {
  askPasskey,
  askSecondPasskey,
  signInWithPasskey,
  signInWithSecondPasskey,
} from './passkey-actions.ts';
import { SignButton } from './sign-button.tsx';

/** Signs in with a passkey alone. */
export function PasskeySignIn({ next }: { next: string }) {
  const words = useWords('passkeys');
  const proof = useActionState(signInWithPasskey, {});
  return (
    <SignButton
      label={words('signIn')}
      problems={{ cancelled: words('cancelled'), failed: words('failed') }}
      ask={askPasskey}
      proof={proof}
      fields={{ next }}
    />
  );
}

/** The second step of signing in, by a passkey. */
export function SecondPasskey() {
  const words = useWords('passkeys');
  const proof = useActionState(signInWithSecondPasskey, {});
  return (
    <SignButton
      label={words('use')}
      problems={{ cancelled: words('cancelled'), failed: words('failed') }}
      ask={askSecondPasskey}
      proof={proof}
    />
  );
}
