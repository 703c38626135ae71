import { trialConversion } from '@footfall/core/billing/revenue';
import { useFormats } from '#format/formats.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { useWords } from '#words/use-words.ts';
import { ListPanel } from '../list-panel.tsx';
import { StaffTable } from '../table.tsx';
import { MonthBars } from './month-bars.tsx';
import type { CurrencyRevenue, LoadedRevenue } from './revenue-console.ts';

/** A share of 0 to 1 as people read it; a dash where there is none. */
function useShare(): (share: number | null) => string {
  const formats = useFormats();
  return (share) => (share === null ? '–' : formats.share(share * 100));
}

function Currency({ currency, months }: CurrencyRevenue) {
  const words = useWords('revenue');
  const formats = useFormats();
  const writeShare = useShare();
  const price = (amount: number | null) => (amount === null ? '–' : formats.price(amount, currency));
  const [latest] = months;
  return (
    <ListPanel id={currency} title={words('inCurrency', { currency })}>
      <div className="space-y-4">
        {latest !== undefined && (
          <p>
            <span className="block text-2xl font-semibold tabular-nums">{price(latest.mrr)}</span>
            <span className="text-quiet">
              {words('now', { month: formats.monthAndYear(`${latest.month}-01`), count: latest.payers })}
            </span>
          </p>
        )}
        <MonthBars values={months.toReversed().map(({ month, mrr }) => ({ month, value: mrr }))} />
        <StaffTable
          caption={words('inCurrency', { currency })}
          columns={[
            { head: words('month') },
            { head: words('mrr'), number: true },
            { head: words('payers'), number: true },
            { head: words('arpu'), number: true, wide: true },
            { head: words('churn'), number: true },
          ]}
          rows={months.map(({ month, mrr, payers, arpu, churn }) => ({
            key: month,
            cells: [
              formats.monthAndYear(`${month}-01`),
              price(mrr),
              formats.exactNumber(payers),
              price(arpu),
              writeShare(churn),
            ],
          }))}
        />
      </div>
    </ListPanel>
  );
}

function Trials({ trials }: Pick<LoadedRevenue, 'trials'>) {
  const words = useWords('revenue');
  const formats = useFormats();
  const writeShare = useShare();
  return (
    <ListPanel id="trials" title={words('trials')}>
      {trials.length === 0 ? (
        <p className="py-1 text-quiet">{words('noTrials')}</p>
      ) : (
        <StaffTable
          caption={words('trials')}
          columns={[
            { head: words('month') },
            { head: words('ended'), number: true },
            { head: words('kept'), number: true },
            { head: words('conversion'), number: true },
          ]}
          rows={trials.map((trial) => ({
            key: trial.month,
            cells: [
              formats.monthAndYear(`${trial.month}-01`),
              formats.exactNumber(trial.kept + trial.lost),
              formats.exactNumber(trial.kept),
              writeShare(trialConversion(trial)),
            ],
          }))}
        />
      )}
    </ListPanel>
  );
}

/** What all payers pay a month, who is lost, and what becomes of trials: each currency for itself. */
export function RevenuePanels({ currencies, trials }: LoadedRevenue) {
  const words = useWords('revenue');
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      {currencies.length === 0 && <EmptyState title={words('emptyTitle')}>{words('emptyText')}</EmptyState>}
      {currencies.map((one) => (
        <Currency key={one.currency} {...one} />
      ))}
      <Trials trials={trials} />
    </div>
  );
}
