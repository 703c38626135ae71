import { TriangleAlert } from 'lucide-react';
import type { SetupProblem } from '#runtime/setup-problems.ts';
import { useWords } from '#words/use-words.ts';

/** What whoever runs the installation has to mend; nothing when all is well. */
export function SetupNotices({ problems }: { problems: readonly SetupProblem[] }) {
  const words = useWords('install');
  const code = (text: React.ReactNode) => (
    <code className="font-mono text-xs text-ink wrap-anywhere">{text}</code>
  );
  return problems.map(({ key, ...values }) => (
    <div
      key={key}
      role="status"
      data-problem={key}
      className="flex gap-3 rounded-md border border-warning bg-surface px-4 py-3"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
      <p>{words.rich(key, { ...values, code })}</p>
    </div>
  ));
}
