import { randomUUID } from 'node:crypto';
import type { SubscriberInvoice } from '@footfall/billing/subscribers/subscriber-gateway';
import type { OverrideRow } from '@footfall/db/staff/subscribers';
import { useFormats } from '#format/formats.ts';
import { Badge } from '#ui/badge.tsx';
import { useWords } from '#words/use-words.ts';
import { KnownPart } from '../known-part.tsx';
import { ListPanel } from '../list-panel.tsx';
import { StaffTable } from '../table.tsx';
import type { LoadedSubscriber } from './subscriber-console.ts';
import {
  AssignForm,
  CreditForm,
  EndOverride,
  OverrideForm,
  ReadAgain,
  TrialForm,
} from './subscriber-forms.tsx';

/** Facts about the tenant's payment, a line each; what is not there is left out. */
function useFacts(): (loaded: LoadedSubscriber) => [string, string][] {
  const words = useWords('subscriberConsole');
  const formats = useFormats();
  const day = (at: Date | null) => (at === null ? null : formats.dayAt(at, 'UTC'));
  return ({ subscriber, entitlement }) => {
    const { subscription, customerId, trialPlan, trialEndsAt, syncedAt, plan } = subscriber;
    const facts: [string, string | null][] = [
      [words('planNow'), `${entitlement.title} (${entitlement.plan})`],
      [words('base'), plan],
      [words('status'), subscription?.status ?? null],
      [words('failingSince'), day(subscription?.failingSince ?? null)],
      [words('endsAt'), day(subscription?.endsAt ?? null)],
      [words('trial'), trialEndsAt === null ? null : `${trialPlan} · ${day(trialEndsAt)}`],
      [words('customer'), customerId],
      [words('subscription'), subscription?.stripeId ?? null],
      [words('syncedAt'), syncedAt === null ? null : formats.momentAt(syncedAt.getTime(), 'UTC')],
    ];
    return facts.filter((fact): fact is [string, string] => fact[1] !== null);
  };
}

function Standing({ loaded }: { loaded: LoadedSubscriber }) {
  const words = useWords('subscriberConsole');
  const states = useWords('billing');
  const facts = useFacts();
  const { subscriber, entitlement, isBilling } = loaded;
  const { liveCount, subscription } = subscriber;
  return (
    <div className="space-y-4">
      <p className="flex flex-wrap gap-2">
        <Badge>{states(`states.${entitlement.state}`)}</Badge>
        {liveCount > 1 && <Badge tone="bad">{words('alarm.duplicates')}</Badge>}
        {subscription !== null && !subscription.isKnown && (
          <Badge tone="bad">{words('alarm.unknown_price')}</Badge>
        )}
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        {facts(loaded).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {isBilling && subscriber.customerId !== null ? (
        <ReadAgain tenant={subscriber.id} />
      ) : (
        <p className="text-quiet">{words(isBilling ? 'noCustomer' : 'billingOff')}</p>
      )}
    </div>
  );
}

/** Writes what an override gives or takes. */
function useGiven(): (override: OverrideRow) => string {
  const words = useWords('subscriberConsole');
  const limits = useWords('planConsole');
  const features = useWords('plans');
  const formats = useFormats();
  return ({ limits: given, features: switched }) =>
    [
      ...Object.entries(given).map(([name, value]) => {
        const shown = value === null ? limits('noLimit') : formats.exactNumber(value);
        return `${limits(`limit.${name as 'sites'}`)}: ${shown}`;
      }),
      ...Object.entries(switched).map(
        ([name, isIn]) => `${features(`features.${name as 'sso'}`)}: ${words(isIn ? 'in' : 'out')}`,
      ),
    ].join(', ');
}

function Overrides({
  tenant,
  overrides,
  now,
}: {
  tenant: string;
  overrides: readonly OverrideRow[];
  now: number;
}) {
  const words = useWords('subscriberConsole');
  const formats = useFormats();
  const write = useGiven();
  if (overrides.length === 0) return <p className="py-1 text-quiet">{words('noOverrides')}</p>;
  return (
    <ul className="divide-y divide-line">
      {overrides.map((override) => {
        const { id, reason, endsAt } = override;
        const isOver = endsAt !== null && endsAt.getTime() <= now;
        return (
          <li key={id} className="flex flex-wrap items-start justify-between gap-3 py-2.5">
            <div className="min-w-0">
              <p className="wrap-anywhere">{write(override)}</p>
              <p className="text-quiet wrap-anywhere">
                {endsAt === null
                  ? words('forGood')
                  : words(isOver ? 'overSince' : 'untilDay', { day: formats.dayAt(endsAt, 'UTC') })}{' '}
                {reason}
              </p>
            </div>
            {!isOver && <EndOverride tenant={tenant} id={id} />}
          </li>
        );
      })}
    </ul>
  );
}

function Invoices({ tenant, invoices }: { tenant: string; invoices: readonly SubscriberInvoice[] }) {
  const words = useWords('subscriberConsole');
  const formats = useFormats();
  if (invoices.length === 0) return <p className="py-1 text-quiet">{words('noInvoices')}</p>;
  const nameInvoice = ({ number, createdAt }: SubscriberInvoice) =>
    `${number ?? words('noNumber')} · ${formats.dayAt(new Date(createdAt), 'UTC')}`;
  const rows = invoices.map((invoice) => ({
    key: invoice.id,
    cells: [
      invoice.url === null ? (
        nameInvoice(invoice)
      ) : (
        <a
          key="name"
          href={invoice.url}
          rel="noreferrer"
          className="rounded-sm font-medium text-accent underline underline-offset-3"
        >
          {nameInvoice(invoice)}
        </a>
      ),
      invoice.status,
      formats.price(invoice.total, invoice.currency),
      invoice.credited === 0 ? '–' : formats.price(invoice.credited, invoice.currency),
    ],
  }));
  const paid = invoices.filter((one) => one.status === 'paid' && one.paid > one.credited);
  return (
    <div className="space-y-5">
      <StaffTable
        caption={words('invoices')}
        columns={[
          { head: words('invoice') },
          { head: words('status') },
          { head: words('total'), number: true },
          { head: words('givenBack'), number: true },
        ]}
        rows={rows}
      />
      {paid.length > 0 && (
        <div className="border-t border-line pt-4">
          <CreditForm
            tenant={tenant}
            formKey={randomUUID()}
            invoices={paid.map((one) => ({
              id: one.id,
              label: `${nameInvoice(one)} · ${formats.price(one.paid - one.credited, one.currency)}`,
            }))}
          />
        </div>
      )}
    </div>
  );
}

/** A tenant's plan and payment, and what can be done about them. */
export function SubscriberPanels({ loaded, now }: { loaded: LoadedSubscriber; now: number }) {
  const words = useWords('subscriberConsole');
  const { subscriber, plans, invoices } = loaded;
  const { id, overrides, subscription } = subscriber;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="min-w-0 space-y-6">
        <ListPanel id="standing" title={words('standing')}>
          <Standing loaded={loaded} />
        </ListPanel>
        {invoices !== null && (
          <ListPanel id="invoices" title={words('invoices')}>
            <KnownPart known={invoices}>{(shown) => <Invoices tenant={id} invoices={shown} />}</KnownPart>
          </ListPanel>
        )}
      </div>
      <div className="min-w-0 space-y-6">
        <ListPanel id="overrides" title={words('overrides')}>
          <Overrides tenant={id} overrides={overrides} now={now} />
        </ListPanel>
        <ListPanel id="limit" title={words('limitTitle')}>
          <OverrideForm tenant={id} kind="limit" />
        </ListPanel>
        <ListPanel id="feature" title={words('featureTitle')}>
          <OverrideForm tenant={id} kind="feature" />
        </ListPanel>
        <ListPanel id="trial" title={words(subscription === null ? 'trialTitle' : 'extendTitle')}>
          <p className="pb-4 text-quiet">{words(subscription === null ? 'trialText' : 'extendText')}</p>
          <TrialForm tenant={id} plans={plans} isSubscribed={subscription !== null} formKey={randomUUID()} />
        </ListPanel>
        <ListPanel id="assign" title={words('assignTitle')}>
          <p className="pb-4 text-quiet">{words('assignText')}</p>
          <AssignForm tenant={id} plans={plans.filter(({ isPaid }) => !isPaid)} />
        </ListPanel>
      </div>
    </div>
  );
}
