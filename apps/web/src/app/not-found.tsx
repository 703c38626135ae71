import { ButtonLink } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh items-center">
      <EmptyState title="There is nothing here" action={<ButtonLink href="/">To the start</ButtonLink>}>
        The address may be old, or it belongs to an account that you are not signed in to.
      </EmptyState>
    </main>
  );
}
