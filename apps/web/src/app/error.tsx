'use client';

import { FOREIGN_ORIGIN, HOST_HEADER } from '#runtime/foreign-origin.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { useWords } from '#words/use-words.ts';

/** A form was refused since the proxy in front of the portal does not say where it was sent: only the operator can mend that. */
function AddressLost({ retry }: { retry: () => void }) {
  const words = useWords('failed');
  // Its refusal was read by a script, so there is a browser.
  const { origin } = globalThis.location;
  return (
    <main className="flex min-h-[calc(100dvh-4rem)] items-center">
      <EmptyState
        isPage
        title={words('addressTitle')}
        action={
          <Button variant="primary" onClick={retry}>
            {words('retry')}
          </Button>
        }
      >
        <p>{words('addressText', { origin })}</p>
        <p className="pt-2">
          {words.rich('addressRemedy', {
            origin,
            header: HOST_HEADER,
            code: (text) => <code className="font-mono text-xs text-ink wrap-anywhere">{text}</code>,
          })}
        </p>
      </EmptyState>
    </main>
  );
}

/** What happened, what is still right, and a way on. The digest finds the cause in the log. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const words = useWords('failed');
  const { digest, message } = (error ?? {}) as { digest?: string; message?: string };
  if (message?.startsWith(FOREIGN_ORIGIN)) return <AddressLost retry={retry} />;
  return (
    <main className="flex min-h-[calc(100dvh-4rem)] items-center">
      <EmptyState
        isPage
        title={words('title')}
        action={
          <Button variant="primary" onClick={retry}>
            {words('retry')}
          </Button>
        }
      >
        <p>{words('text')}</p>
        {digest !== undefined && <p className="pt-2 text-xs">{words('digest', { digest })}</p>}
      </EmptyState>
    </main>
  );
}
