import { ButtonLink } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { useWords } from '#words/use-words.ts';

export default function NotFound() {
  const words = useWords('notFound');
  return (
    <main className="flex min-h-dvh items-center">
      <EmptyState title={words('title')} action={<ButtonLink href="/">{words('home')}</ButtonLink>}>
        {words('text')}
      </EmptyState>
    </main>
  );
}
