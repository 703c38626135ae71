'use client';

import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';

/** What happened, what is still right, and a way on. The digest finds the cause in the log. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const { digest } = (error ?? {}) as { digest?: string };
  return (
    <main className="flex min-h-dvh items-center">
      <EmptyState
        title="This page could not be made"
        action={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        <p>Visits go on being collected; only the view of them failed.</p>
        {digest !== undefined && <p className="pt-2 text-xs">The log has the cause under {digest}.</p>}
      </EmptyState>
    </main>
  );
}
