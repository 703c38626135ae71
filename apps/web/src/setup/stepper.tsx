import { SETUP_STEPS, type SetupStep } from '@footfall/core/platform';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { classNames } from '#ui/class-names.ts';
import { useWords } from '#words/use-words.ts';

/** The steps that have a page, after the site itself, which is there. */
const SHOWN = SETUP_STEPS.filter((step) => step !== 'done');

const MARK = 'flex size-6 shrink-0 items-center justify-center rounded-full border text-xs font-semibold';

/** Where in setting up a site one is; each step can be gone to. `reached`: the step that is next. */
export function Stepper({
  siteId,
  current,
  reached,
}: {
  siteId: string;
  current: SetupStep;
  reached: SetupStep;
}) {
  const words = useWords('setup');
  const isDone = (step: SetupStep) => SETUP_STEPS.indexOf(step) < SETUP_STEPS.indexOf(reached);
  const mark = (number: number, done: boolean) => (
    <span aria-hidden className={classNames(MARK, done ? 'border-better text-better' : 'border-edge')}>
      {done ? <Check className="size-3.5" /> : number}
    </span>
  );
  const doneWord = <span className="sr-only">{words('stepDone')}</span>;
  return (
    <nav aria-label={words('steps')}>
      <ol className="flex flex-wrap gap-x-5 gap-y-1">
        <li className="flex min-h-11 items-center gap-2 text-quiet sm:min-h-9">
          {mark(1, true)}
          {words('step_site')} {doneWord}
        </li>
        {SHOWN.map((step, index) => (
          <li key={step}>
            <Link
              href={`/sites/${siteId}/install?step=${step}`}
              aria-current={step === current ? 'step' : undefined}
              className={classNames(
                'flex min-h-11 items-center gap-2 rounded-sm sm:min-h-9',
                step === current ? 'font-semibold text-ink' : 'text-quiet hover:text-ink',
              )}
            >
              {mark(index + 2, isDone(step))}
              {words(`step_${step}`)} {isDone(step) && doneWord}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
