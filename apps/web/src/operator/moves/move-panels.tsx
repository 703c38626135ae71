import { SKIPPED } from '@footfall/billing/moves/decide';
import type { PreviewedOne } from '@footfall/billing/moves/preview';
import type { LeftRow, MoveGroup, MoveRow } from '@footfall/db/staff/moves';
import { useFormats } from '#format/formats.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { KnownPart } from '../known-part.tsx';
import { ListPanel } from '../list-panel.tsx';
import { StaffTable } from '../table.tsx';
import type { LoadedMoves, MovePreview } from './move-console.ts';
import { MoveStepButton, StartMove } from './move-forms.tsx';

function TenantLink({ id, name }: { id: string; name: string }) {
  return <TextLink href={`/operator/subscriptions/${encodeURIComponent(id)}`}>{name}</TextLink>;
}

const NOTES = [...SKIPPED, 'no_price', 'moved'] as const;

/** Why somebody was not moved: in words, or as the provider said it. */
function useNote(): (note: string) => string {
  const words = useWords('moves');
  return (note) => {
    const known = NOTES.find((one) => one === note);
    return known === undefined ? note : words(`notes.${known}`);
  };
}

/** What is asked for, by the texts of the address. */
export type AskedTexts = { to: string; manner: string; until: string };

type ChoiceProps = Pick<LoadedMoves, 'targets'> & { path: string; asked: AskedTexts };

/** Chooses what is previewed; it stands in the address. */
function MoveChoice({ path, targets, asked }: ChoiceProps) {
  const words = useWords('moves');
  return (
    <form action={path} className="space-y-4">
      <SelectField label={words('to')} name="to" defaultValue={asked.to}>
        {targets.map(({ name, title }) => (
          <option key={name} value={name}>
            {title} ({name})
          </option>
        ))}
      </SelectField>
      <SelectField label={words('manner')} name="manner" defaultValue={asked.manner}>
        <option value="now">{words('manners.now')}</option>
        <option value="period_end">{words('manners.period_end')}</option>
      </SelectField>
      <Field
        label={words('until')}
        name="until"
        type="date"
        hint={words('untilHint')}
        defaultValue={asked.until}
      />
      <Button type="submit">{words('preview')}</Button>
    </form>
  );
}

function Groups({ groups }: { groups: readonly MoveGroup[] }) {
  const words = useWords('moves');
  const nameGroup = ({ currency, interval }: MoveGroup) =>
    currency === null
      ? words('noPlanPrice')
      : words(interval === 'year' ? 'byYear' : 'byMonth', { currency });
  return (
    <ul className="space-y-1">
      {groups.map((group) => (
        <li key={`${group.currency} ${group.interval}`}>
          {words('group', { count: group.subscribers, what: nameGroup(group) })}{' '}
          {!group.isPriced && <Badge tone="warning">{words('notPriced')}</Badge>}
        </li>
      ))}
    </ul>
  );
}

function Sample({ sample }: { sample: readonly PreviewedOne[] }) {
  const words = useWords('moves');
  const formats = useFormats();
  const writeNote = useNote();
  const rows = sample.map(({ tenantId, name, outcome }) => ({
    key: tenantId,
    cells: [
      <TenantLink key="name" id={tenantId} name={name} />,
      outcome.kind === 'invoice' && outcome.before !== null
        ? formats.price(outcome.before, outcome.currency)
        : '–',
      outcome.kind === 'invoice' ? formats.price(outcome.total, outcome.currency) : writeNote(outcome.why),
    ],
  }));
  return (
    <StaffTable
      caption={words('sample')}
      columns={[{ head: words('tenant') }, { head: words('costs'), number: true }, { head: words('next') }]}
      rows={rows}
    />
  );
}

function Preview({ from, preview, until }: { from: string; preview: MovePreview; until: string }) {
  const words = useWords('moves');
  const { to, manner, groups, sample } = preview;
  return (
    <ListPanel id="preview" title={words('previewTitle', { to })}>
      {groups.length === 0 ? (
        <p className="py-1">{words('nobody')}</p>
      ) : (
        <div className="space-y-4">
          <Groups groups={groups} />
          <p className="text-quiet">{words(`mannerText.${manner}`)}</p>
          <KnownPart known={sample}>{(shown) => <Sample sample={shown} />}</KnownPart>
          <StartMove from={from} to={to} manner={manner} until={until} />
        </div>
      )}
    </ListPanel>
  );
}

const TONES = { running: 'neutral', paused: 'warning', cancelled: 'neutral', done: 'good' } as const;

function Move({ move }: { move: MoveRow }) {
  const words = useWords('moves');
  const formats = useFormats();
  const { id, to, state, reason, createdAt, waiting, moved, skipped, failed } = move;
  const all = waiting + moved + skipped + failed;
  return (
    <li className="space-y-2 py-3">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{words('moveTo', { to, day: formats.dayAt(createdAt, 'UTC') })}</span>
        <Badge tone={TONES[state]}>{words(`states.${state}`)}</Badge>
      </p>
      <progress
        className="h-2 w-full accent-accent"
        max={all}
        value={all - waiting}
        aria-label={words('progress')}
      />
      <p className="text-quiet wrap-anywhere">
        {words('numbers', { moved, all, skipped, failed })} {reason}
      </p>
      <div className="flex flex-wrap gap-3">
        {state === 'running' && <MoveStepButton move={id} step="pause" />}
        {state === 'paused' && <MoveStepButton move={id} step="resume" />}
        {(state === 'running' || state === 'paused') && <MoveStepButton move={id} step="cancel" />}
        {failed > 0 && state !== 'cancelled' && <MoveStepButton move={id} step="retry" />}
      </div>
    </li>
  );
}

function Left({ left }: { left: readonly LeftRow[] }) {
  const words = useWords('moves');
  const writeNote = useNote();
  return (
    <StaffTable
      caption={words('left')}
      columns={[{ head: words('tenant') }, { head: words('why') }]}
      rows={left.map(({ tenantId, name, note }, index) => ({
        key: `${tenantId} ${index}`,
        cells: [<TenantLink key="name" id={tenantId} name={name} />, writeNote(note)],
      }))}
    />
  );
}

type Props = { loaded: LoadedMoves; path: string; asked: AskedTexts };

/** Moves the subscribers of a version of a plan: what it would be, and how far others are. */
export function MovePanels({ loaded, path, asked }: Props) {
  const words = useWords('moves');
  const { plan, targets, moves, left, preview, isBilling } = loaded;
  if (!isBilling) return <p className="text-quiet">{words('billingOff')}</p>;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="min-w-0 space-y-6">
        <ListPanel id="choice" title={words('choice')}>
          {targets.length === 0 ? (
            <p className="py-1 text-quiet">{words('noTargets')}</p>
          ) : (
            <MoveChoice path={path} targets={targets} asked={asked} />
          )}
        </ListPanel>
        {preview !== null && <Preview from={plan.name} preview={preview} until={asked.until} />}
      </div>
      <div className="min-w-0 space-y-6">
        <ListPanel id="moves" title={words('movesTitle')}>
          {moves.length === 0 ? (
            <p className="py-1 text-quiet">{words('noMoves')}</p>
          ) : (
            <ul className="divide-y divide-line">
              {moves.map((move) => (
                <Move key={move.id} move={move} />
              ))}
            </ul>
          )}
        </ListPanel>
        {left.length > 0 && (
          <ListPanel id="left" title={words('left')}>
            <Left left={left} />
          </ListPanel>
        )}
      </div>
    </div>
  );
}
