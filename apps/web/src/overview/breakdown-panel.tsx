import { useFormats } from '#format/formats.ts';
import { countryCode } from '#format/names.ts';
import { BREAKDOWNS, type BreakdownName, listTabs, type PanelName } from '#reports/breakdown.ts';
import type { Rows } from '#reports/report.ts';
import { classNames } from '#ui/class-names.ts';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';
import { useValueText } from '#words/value-text.ts';
import { RefineLink } from './refine.tsx';

type PanelProps = { panel: PanelName; rows: Rows; parameters: URLSearchParams };

function Tabs({ panel, chosen }: { panel: PanelName; chosen: BreakdownName }) {
  const panels = useWords('panels');
  const words = useWords('tabs');
  const tabs = listTabs(panel);
  if (tabs.length < 2) return null;
  return (
    <nav aria-label={panels(panel)} className="-mr-2 flex">
      {tabs.map((name, index) => (
        <RefineLink
          key={name}
          to={{ set: { [panel]: index === 0 ? null : BREAKDOWNS[name].tab } }}
          aria-current={name === chosen ? 'true' : undefined}
          className={classNames(
            'flex min-h-11 items-center rounded-sm px-2 sm:min-h-8',
            name === chosen ? 'font-medium text-accent' : 'text-quiet hover:text-ink',
          )}
        >
          {words(BREAKDOWNS[name].tab)}
        </RefineLink>
      ))}
    </nav>
  );
}

type RowProps = {
  breakdown: BreakdownName;
  row: Rows['rows'][number];
  largest: number;
  parameters: URLSearchParams;
};

function Row({ breakdown, row: { label, visitors, share }, largest, parameters }: RowProps) {
  const words = useWords('overview');
  const formats = useFormats();
  const text = useValueText()(BREAKDOWNS[breakdown].dimension, label);
  const code = breakdown === 'country' ? (countryCode(label) ?? '··') : undefined;
  const filtered = parameters.has(breakdown, label);
  return (
    <li data-label={label} data-value={visitors}>
      <RefineLink
        to={{ toggle: { name: breakdown, value: label } }}
        aria-current={filtered ? 'true' : undefined}
        title={filtered ? words('showAll') : words('showOnly', { value: text })}
        className="group relative flex min-h-11 items-center gap-3 rounded-sm px-2.5 sm:min-h-9"
      >
        <svg width="100%" height="100%" className="absolute inset-0" aria-hidden="true">
          <rect
            width={`${(visitors / largest) * 100}%`}
            y="2"
            height="calc(100% - 4px)"
            rx="4"
            className="fill-accent-soft"
          />
        </svg>
        <span className="relative flex min-w-0 flex-1 items-center gap-2">
          {code !== undefined && (
            <span aria-hidden className="w-5 shrink-0 text-xs text-quiet">
              {code}
            </span>
          )}
          <span className="truncate group-hover:underline">{text}</span>
        </span>
        <span className="relative tabular-nums" title={formats.exactNumber(visitors)}>
          {formats.shortCount(visitors)}
        </span>
        <span className="relative w-14 text-right text-quiet tabular-nums">
          {share === null ? '–' : formats.share(share)}
        </span>
      </RefineLink>
    </li>
  );
}

/** A list of the overview: rows with their bar behind the label, value and share at the right; a click filters the page. */
export function BreakdownPanel({ panel, rows: { breakdown, rows, total }, parameters }: PanelProps) {
  const words = useWords('overview');
  const panels = useWords('panels');
  const dimensions = useWords('dimensions');
  const formats = useFormats();
  const id = `panel-${panel}`;
  const largest = Math.max(1, ...rows.map(({ visitors }) => visitors));
  const hidden = total - rows.length;
  return (
    <Panel aria-labelledby={id} data-panel={panel} className="flex flex-col">
      <PanelHead id={id} title={panels(panel)}>
        <Tabs panel={panel} chosen={breakdown} />
      </PanelHead>
      <div className="flex gap-3 px-4.5 pt-1 pb-1 text-xs text-quiet sm:px-5.5">
        <span className="flex-1">{dimensions(BREAKDOWNS[breakdown].dimension)}</span>
        <span>{words('visitors')}</span>
        <span className="w-14 text-right">{words('share')}</span>
      </div>
      {rows.length === 0 ? (
        <p className="px-5 py-12 text-center text-quiet sm:min-h-45">{words('nothing')}</p>
      ) : (
        <ul className="px-2 sm:min-h-45 sm:px-3">
          {rows.map((row) => (
            <Row key={row.label} breakdown={breakdown} row={row} largest={largest} parameters={parameters} />
          ))}
        </ul>
      )}
      <p className="min-h-9 px-5 pt-2 pb-3 text-xs text-quiet">
        {hidden > 0 && words('more', { count: formats.exactNumber(hidden) })}
      </p>
    </Panel>
  );
}
