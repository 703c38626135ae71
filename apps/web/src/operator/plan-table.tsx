import type { PlanRow } from '@footfall/db/staff/plans';
import { PlanPrices } from '#billing/plan-prices.tsx';
import { useFormats } from '#format/formats.ts';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { type Column, StaffTable } from './table.tsx';

/** Plans with what they give, what they cost and who is on them. */
export function PlanTable({ plans }: { plans: readonly PlanRow[] }) {
  const words = useWords('staffPlans');
  const formats = useFormats();
  const most = (limit: number | null) => (limit === null ? words('any') : formats.exactNumber(limit));
  const columns: Column[] = [
    { head: words('plan') },
    { head: words('state') },
    { head: words('prices'), wide: true },
    { head: words('events'), number: true },
    { head: words('sites'), number: true, wide: true },
    { head: words('members'), number: true, wide: true },
    { head: words('tenants'), number: true },
  ];
  const rows = plans.map(({ name, title, state, prices, events, sites, members, tenants }) => ({
    key: name,
    cells: [
      <span key="name">
        <TextLink href={`/operator/plans/${encodeURIComponent(name)}`}>{title}</TextLink>
        {title !== name && <span className="block text-quiet">{name}</span>}
      </span>,
      words(`states.${state}`),
      <PlanPrices key="prices" prices={prices} />,
      most(events),
      most(sites),
      most(members),
      formats.exactNumber(tenants),
    ],
  }));
  return <StaffTable caption={words('title')} columns={columns} rows={rows} />;
}
