'use client';

import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { useWords } from '#words/use-words.ts';

/** What happened, what is still right, and a way on. The digest finds the cause in the log. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const words = useWords('failed');
  const { digest } = (error ?? {}) as { digest?: string };
  return (
    <main className="flex min-h-[calc(100dvh-4rem)] items-center">
      <EmptyState
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
