import type { FunnelRow } from '@footfall/core/query/funnel';
import { ChevronRight } from 'lucide-react';
import { useFormats } from '#format/formats.ts';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { removeFunnel } from './funnel-actions.ts';
import { RemovalButton } from './removal-button.tsx';
import type { ShownStep } from './steps-text.ts';

/** A funnel as the list shows it. */
export type ShownFunnel = { id: string; name: string; steps: readonly ShownStep[] };

/** The funnel whose numbers are shown; `rows` is null when a goal of it is gone. */
export type OpenFunnel = { id: string; rows: readonly FunnelRow[] | null };

function Steps({ steps }: { steps: readonly ShownStep[] }) {
  const words = useWords('funnels');
  return (
    <ol className="flex flex-wrap items-center gap-x-1 gap-y-0.5 text-quiet">
      {steps.map(({ text }, index) => (
        // The same step may come twice, and steps do not move.
        <li key={index} className="flex min-w-0 items-center gap-1">
          {index > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0" />}
          {text === null ? (
            <span className="text-worse">{words('goalGone')}</span>
          ) : (
            <code className="min-w-0 font-mono text-xs wrap-anywhere">{text}</code>
          )}
        </li>
      ))}
    </ol>
  );
}

function Numbers({ rows }: { rows: OpenFunnel['rows'] }) {
  const words = useWords('funnels');
  const formats = useFormats();
  if (rows === null) return <p className="text-worse">{words('broken')}</p>;
  const most = Math.max(1, rows[0]?.visitors ?? 0);
  return (
    <ol className="w-full space-y-1 pt-1">
      {rows.map(({ step, name, visitors, conversion_rate }) => (
        <li key={step} className="relative flex min-h-9 items-center gap-3 px-2.5">
          <svg width="100%" height="100%" className="absolute inset-0" aria-hidden="true">
            <rect
              width={`${(visitors / most) * 100}%`}
              y="2"
              height="calc(100% - 4px)"
              rx="4"
              className="fill-accent-soft"
            />
          </svg>
          <span className="relative min-w-0 flex-1 truncate">{name}</span>
          <span className="relative tabular-nums">{formats.exactNumber(visitors)}</span>
          <span className="relative w-14 text-right text-quiet tabular-nums">
            {conversion_rate === null ? '–' : formats.share(conversion_rate)}
          </span>
        </li>
      ))}
    </ol>
  );
}

type Props = { siteId: string; funnels: readonly ShownFunnel[]; open: OpenFunnel | null };

/** The funnels of a site; one of them may be open, with its numbers. */
export function FunnelList({ siteId, funnels, open }: Props) {
  const words = useWords('funnels');
  if (funnels.length === 0) return <p className="text-quiet">{words('none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {funnels.map(({ id, name, steps }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
          <div className="min-w-0 flex-1 basis-60">
            <TextLink
              href={open?.id === id ? `/sites/${siteId}/goals` : `/sites/${siteId}/goals?funnel=${id}`}
              scroll={false}
              aria-expanded={open?.id === id}
              className="wrap-anywhere"
            >
              {name}
            </TextLink>
            <Steps steps={steps} />
          </div>
          <RemovalButton
            action={removeFunnel}
            siteId={siteId}
            id={id}
            text={words('remove')}
            label={words('removeNamed', { name })}
          />
          {open?.id === id && <Numbers rows={open.rows} />}
        </li>
      ))}
    </ul>
  );
}
