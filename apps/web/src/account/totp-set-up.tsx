'use client';

import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import type { QrPicture } from './qr.ts';

type SetUpProps = {
  secret: string;
  qr: QrPicture;
  state: FormState;
  action: (form: FormData) => void;
  pending: boolean;
};

/** What the app is given, as a picture and as text, and the code that shows that it has it. */
export function TotpSetUp({ secret, qr, state, action, pending }: SetUpProps) {
  const words = useWords('secondFactor');
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['code']);
  return (
    <div className="space-y-4">
      <p>{words('scan')}</p>
      {/* Dark on light, whatever the theme: not every scanner reads it the other way round. */}
      <svg
        role="img"
        aria-label={words('picture')}
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        className="size-48 rounded-md border border-line"
      >
        <rect width={qr.size} height={qr.size} fill="#fff" />
        <path d={qr.path} fill="#000" />
      </svg>
      <p className="text-quiet">
        {words('byHand')}{' '}
        <code className="font-mono text-xs text-ink wrap-anywhere">{secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <form ref={form} action={action} className="max-w-form space-y-4" noValidate>
        {general !== undefined && <ErrorNotice message={general} />}
        <Field
          label={words('code')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          hint={words('codeHint')}
          error={errorAt('code')}
        />
        <Button type="submit" variant="primary" pending={pending}>
          {words('turnOn')}
        </Button>
      </form>
    </div>
  );
}
