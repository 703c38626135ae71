import { Shortcuts } from '#shell/shortcuts.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { useWords } from '#words/use-words.ts';

/** Stands below the bar where there is one, whose menu leads to the list of keys. */
export default function NotFound() {
  const words = useWords('notFound');
  return (
    <>
      <main className="flex min-h-[calc(100dvh-4rem)] items-center">
        <EmptyState isPage title={words('title')} action={<ButtonLink href="/">{words('home')}</ButtonLink>}>
          {words('text')}
        </EmptyState>
      </main>
      <Shortcuts />
    </>
  );
}
