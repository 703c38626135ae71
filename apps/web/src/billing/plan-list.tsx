import { Check } from 'lucide-react';
import { type PlanGives, usePlanLines } from './plan-facts.ts';

/** What a plan gives, line by line. */
export function PlanList({ gives }: { gives: PlanGives }) {
  const lines = usePlanLines();
  return (
    <ul className="space-y-1.5">
      {lines(gives).map((line) => (
        <li key={line} className="flex gap-2">
          <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-better" />
          <span>{line}</span>
        </li>
      ))}
    </ul>
  );
}
