import { tenantRole } from '@footfall/core/access/role';
import type { MemberRow, SiteRow } from '@footfall/db/staff/tenants';
import { useFormats } from '#format/formats.ts';
import { LedgerTable } from '#health/ledger-table.tsx';
import { Badge } from '#ui/badge.tsx';
import { useWords } from '#words/use-words.ts';
import { ListPanel } from './list-panel.tsx';
import { StaffTable } from './table.tsx';
import { LEDGER_DAYS, type LoadedTenant } from './tenants.ts';

/** Says that there are more than are shown. */
function More({ shown, all }: { shown: number; all: number }) {
  const words = useWords('staffTenants');
  if (all <= shown) return null;
  return <p className="pt-2 text-quiet">{words('more', { count: all - shown })}</p>;
}

function Sites({ sites, all }: { sites: readonly SiteRow[]; all: number }) {
  const words = useWords('staffTenants');
  const formats = useFormats();
  const columns = [
    { head: words('domain') },
    { head: words('timezone'), wide: true },
    { head: words('currency'), wide: true },
    { head: words('created'), number: true },
  ] as const;
  const rows = sites.map(({ id, domain, enabled, timezone, currency, createdAt }) => ({
    key: id,
    cells: [
      <span key="domain">
        {domain} {!enabled && <Badge tone="warning">{words('switchedOff')}</Badge>}
        <code className="block font-mono text-xs text-quiet">{id}</code>
      </span>,
      timezone,
      currency,
      formats.dayAt(createdAt, 'UTC'),
    ],
  }));
  if (sites.length === 0) return <p className="py-1 text-quiet">{words('noSites')}</p>;
  return (
    <>
      <StaffTable caption={words('sites')} columns={columns} rows={rows} />
      <More shown={sites.length} all={all} />
    </>
  );
}

function Members({ members, all }: { members: readonly MemberRow[]; all: number }) {
  const words = useWords('staffTenants');
  const roles = useWords('forbidden');
  const formats = useFormats();
  const columns = [
    { head: words('member') },
    { head: words('role') },
    { head: words('joined'), number: true, wide: true },
  ] as const;
  const nameRole = (text: string) => {
    const role = tenantRole(text);
    return role === null ? text : roles(`roles.${role}`);
  };
  const rows = members.map(({ userId, name, email, role, isLimited, createdAt }) => ({
    key: userId,
    cells: [
      <span key="member">
        {name}
        {email !== name && <span className="block text-quiet">{email}</span>}
      </span>,
      isLimited ? words('limited', { role: nameRole(role) }) : nameRole(role),
      formats.dayAt(createdAt, 'UTC'),
    ],
  }));
  if (members.length === 0) return <p className="py-1 text-quiet">{words('noMembers')}</p>;
  return (
    <>
      <StaffTable caption={words('members')} columns={columns} rows={rows} />
      <More shown={members.length} all={all} />
    </>
  );
}

function Use({ tenant: { plan, limit, months } }: { tenant: LoadedTenant }) {
  const words = useWords('staffTenants');
  const formats = useFormats();
  const allowed = limit === null ? words('noLimit') : words('limit', { events: formats.exactNumber(limit) });
  return (
    <>
      <p className="text-quiet wrap-anywhere">{words('planText', { plan, allowed })}</p>
      {months.length > 0 && (
        <StaffTable
          caption={words('use')}
          columns={[{ head: words('month') }, { head: words('counted'), number: true }]}
          rows={months.map(({ month, events }) => ({
            key: month,
            cells: [formats.monthAndYear(`${month}-01`), formats.exactNumber(events)],
          }))}
        />
      )}
    </>
  );
}

/** What belongs to a tenant: its sites, members, plan and ledger; none of its reports. */
export function TenantPanels({ tenant }: { tenant: LoadedTenant }) {
  const words = useWords('staffTenants');
  const { sitesShown, membersShown, sites, members, ledger } = tenant;
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <div className="min-w-0 space-y-6">
        <ListPanel id="sites" title={words('sites')}>
          <Sites sites={sitesShown} all={sites} />
        </ListPanel>
        <ListPanel id="members" title={words('members')}>
          <Members members={membersShown} all={members} />
        </ListPanel>
      </div>
      <div className="min-w-0 space-y-6">
        <ListPanel id="use" title={words('use')}>
          <Use tenant={tenant} />
        </ListPanel>
        <ListPanel id="ledger" title={words('ledger')}>
          {ledger.days.length === 0 ? (
            <p className="py-1 text-quiet">{words('noLedger', { days: LEDGER_DAYS })}</p>
          ) : (
            <>
              <p className="pb-2 text-quiet">{words('ledgerText', { days: LEDGER_DAYS })}</p>
              <LedgerTable days={ledger.days} total={ledger.total} hasPending={false} />
            </>
          )}
        </ListPanel>
      </div>
    </div>
  );
}
