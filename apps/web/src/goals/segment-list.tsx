import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { useValueText } from '#words/value-text.ts';
import { asCondition } from './conditions.ts';
import { RemovalButton } from './removal-button.tsx';
import { removeSegment } from './segment-actions.ts';

type ShownSegment = { id: string; name: string; filters: readonly unknown[] };

function Condition({ filter }: { filter: unknown }) {
  const words = useWords('segments');
  const dimensions = useWords('dimensions');
  const valueText = useValueText();
  const condition = asCondition(filter);
  if (condition === null) return <code className="font-mono text-xs">{JSON.stringify(filter)}</code>;
  const { operator, dimension, values } = condition;
  const said = values.map((value) => (operator.startsWith('is') ? valueText(dimension, value) : value));
  return (
    <>
      {dimensions(dimension)} {words(operator)} <span className="text-ink">{said.join(', ')}</span>
    </>
  );
}

/** The segments of a site: each leads to the overview of those it is about. */
export function SegmentList({ siteId, segments }: { siteId: string; segments: readonly ShownSegment[] }) {
  const words = useWords('segments');
  if (segments.length === 0) return <p className="text-quiet">{words('none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {segments.map(({ id, name, filters }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
          <div className="min-w-0 flex-1 basis-60">
            <TextLink href={`/sites/${siteId}?segment=${id}`} className="wrap-anywhere">
              {name}
            </TextLink>
            <ul className="text-quiet">
              {filters.map((filter) => (
                <li key={JSON.stringify(filter)} className="wrap-anywhere">
                  <Condition filter={filter} />
                </li>
              ))}
            </ul>
          </div>
          <RemovalButton
            action={removeSegment}
            siteId={siteId}
            id={id}
            text={words('remove')}
            label={words('removeNamed', { name })}
          />
        </li>
      ))}
    </ul>
  );
}
