import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';
import { StaffTable } from '../table.tsx';
import type { PlanChange } from './plan-changes.ts';

type Cells = { what: string; before: string; after: string };

/** Writes what two versions differ in, for a table. */
function useCells(): (change: PlanChange) => Cells {
  const words = useWords('planConsole');
  const names = useWords('plans');
  const formats = useFormats();
  return (change) => {
    if (change.what === 'limit') {
      const write = (value: number | null) =>
        value === null ? words('noLimit') : formats.exactNumber(value);
      return {
        what: words(`shown.${change.limit}`),
        before: write(change.before),
        after: write(change.after),
      };
    }
    if (change.what === 'feature') {
      const write = (isIn: boolean) => words(isIn ? 'included' : 'notIncluded');
      return {
        what: names(`features.${change.feature}`),
        before: write(!change.after),
        after: write(change.after),
      };
    }
    if (change.what === 'price') {
      const { currency, interval } = change;
      const write = (value: number | null) =>
        value === null ? words('noPrice') : formats.price(value, currency);
      return {
        what: words(`priceOf.${interval}`, { currency }),
        before: write(change.before),
        after: write(change.after),
      };
    }
    return { what: words(`texts.${change.what}`), before: change.before || '–', after: change.after || '–' };
  };
}

/** What a version of a plan changes against the one before it. */
export function PlanChangeList({ changes }: { changes: readonly PlanChange[] }) {
  const words = useWords('planConsole');
  const cells = useCells();
  if (changes.length === 0) return <p className="py-1 text-quiet">{words('noChanges')}</p>;
  return (
    <StaffTable
      caption={words('changes')}
      columns={[{ head: words('what') }, { head: words('before') }, { head: words('after') }]}
      rows={changes
        .map(cells)
        .map(({ what, before, after }) => ({ key: what, cells: [what, before, after] }))}
    />
  );
}
