import { CircleAlert } from 'lucide-react';
import { useFormats } from '#format/formats.ts';
import type { TenantMonth } from '#reports/usage.ts';
import { classNames } from '#ui/class-names.ts';
import { useWords } from '#words/use-words.ts';

/** From here on it is time to think of another plan, percent. */
const NEAR = 80;

/** Says when a plan's events of the month are nearly, or wholly, used up; nothing before. */
export function QuotaNotice({ month }: { month: TenantMonth | null }) {
  const words = useWords('overview');
  const formats = useFormats();
  if (month === null) return null;
  const { events, limit, firstDay, nextFirstDay } = month;
  const percent = Math.floor((events / limit) * 100);
  if (percent < NEAR) return null;
  const isOver = events >= limit;
  const values = {
    percent: formats.percent(percent),
    limit: formats.exactNumber(limit),
    month: formats.fullMonth(firstDay),
    day: formats.longDay(nextFirstDay),
  };
  return (
    <p
      role="status"
      className={classNames(
        'flex gap-2 rounded-md border bg-surface px-3 py-2',
        isOver ? 'border-worse' : 'border-edge',
      )}
    >
      <CircleAlert aria-hidden className={classNames('mt-0.5 size-4 shrink-0', isOver && 'text-worse')} />
      <span>{isOver ? words('quotaOver', values) : words('quotaNear', values)}</span>
    </p>
  );
}
