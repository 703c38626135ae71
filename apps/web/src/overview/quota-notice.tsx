import { CircleAlert } from 'lucide-react';
import { exactNumber } from '#format/number.ts';
import type { TenantMonth } from '#sites/usage.ts';
import { classNames } from '#ui/class-names.ts';

/** From here on it is time to think of another plan, percent. */
const NEAR = 80;

/** Says when a plan's events of the month are nearly, or wholly, used up; nothing before. */
export function QuotaNotice({ month }: { month: TenantMonth | null }) {
  if (month === null) return null;
  const { events, limit, ends, name } = month;
  const percent = Math.floor((events / limit) * 100);
  if (percent < NEAR) return null;
  const isOver = events >= limit;
  return (
    <p
      role="status"
      className={classNames(
        'flex gap-2 rounded-md border bg-surface px-3 py-2',
        isOver ? 'border-worse' : 'border-edge',
      )}
    >
      <CircleAlert aria-hidden className={classNames('mt-0.5 size-4 shrink-0', isOver && 'text-worse')} />
      <span>
        {isOver
          ? `Your plan’s ${exactNumber(limit)} events of ${name} are used up: until ${ends} (UTC) further events are turned away. What was counted before stays as it is.`
          : `${percent} % of your plan’s ${exactNumber(limit)} events of ${name} are used. Beyond them events are turned away until ${ends} (UTC).`}
      </span>
    </p>
  );
}
