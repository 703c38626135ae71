import { useFormats } from '#format/formats.ts';
import { Badge } from '#ui/badge.tsx';
import { useWords } from '#words/use-words.ts';
import { type Line, type LineState, PARTS, type PartName } from './lines.ts';

const TONES: Readonly<Record<LineState, 'good' | 'warning' | 'bad' | 'neutral'>> = {
  ok: 'good',
  attention: 'warning',
  away: 'bad',
  unknown: 'neutral',
};

const partNamed = (name: string): PartName | null => PARTS.find((part) => part === name) ?? null;

function PartLine({ line: { name, state, problem, since } }: { line: Line }) {
  const words = useWords('staffHealth');
  const formats = useFormats();
  const part = partNamed(name);
  return (
    <li className="py-2.5">
      <p className="flex flex-wrap items-center justify-between gap-x-4">
        <span className="font-medium">{part === null ? name : words(`names.${part}`)}</span>
        <span className="flex flex-wrap items-center gap-2">
          {since !== null && (
            <span className="text-xs text-quiet tabular-nums">
              {words('since', { moment: formats.momentAt(since, 'UTC') })}
            </span>
          )}
          <Badge tone={TONES[state]}>{words(`states.${state}`)}</Badge>
        </span>
      </p>
      {problem !== null && (
        <p className="pt-1">
          <code lang="en" className="font-mono text-xs wrap-anywhere">
            {problem}
          </code>
        </p>
      )}
      {state !== 'ok' && (
        <p className="pt-1 text-quiet">
          {state === 'unknown' || part === null ? words('advice.unknown') : words(`advice.${part}`)}
        </p>
      )}
    </li>
  );
}

/** How each part is, and in one sentence how all are. `hasServices`: whether a supervisor runs the services here. */
export function PartList({ lines, hasServices }: { lines: readonly Line[]; hasServices: boolean }) {
  const words = useWords('staffHealth');
  const troubled = lines.filter(({ state }) => state !== 'ok').length;
  return (
    <>
      <p role="status" className="pb-1">
        {words('summary', { count: troubled })}
      </p>
      {!hasServices && <p className="pb-1 text-quiet">{words('noServices')}</p>}
      <ul className="divide-y divide-line">
        {lines.map((line) => (
          <PartLine key={line.name} line={line} />
        ))}
      </ul>
    </>
  );
}
