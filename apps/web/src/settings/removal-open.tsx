import type { EventRemoval } from '@footfall/db/tenant/removal';
import type { ReactNode } from 'react';
import { useFormats } from '#format/formats.ts';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';
import { CancelRemoval, ConfirmRemoval } from './removal-confirm.tsx';
import { RemovalFound } from './removal-found.tsx';

type Site = { id: string; domain: string; timezone: string };
type Named = { removal: EventRemoval; site: Site; nameSender: (sender: string) => string };

/** When the events of a removal were received, and from whom. */
export function RemovalSpan({ removal, site, nameSender }: Named) {
  const formats = useFormats();
  const words = useWords('removal');
  const moment = (at: Date) => formats.momentAt(at, site.timezone);
  if (removal.isReset) return words('allData');
  return words('span', {
    from: moment(removal.receivedFrom),
    to: moment(removal.receivedTo),
    sender: removal.sender === null ? words('anySender') : nameSender(removal.sender),
  });
}

/** How far something is; before anybody began, only that it waits. */
function Progress({ label, value }: { label: string; value: number | null }) {
  const formats = useFormats();
  const percent = value === null ? null : Math.floor(value * 100);
  return (
    <div className="space-y-2" role="status">
      <p className="flex justify-between gap-4">
        <span>{label}</span>
        {percent !== null && <span className="tabular-nums">{formats.percent(percent)}</span>}
      </p>
      <progress
        className="h-2 w-full accent-accent"
        aria-label={label}
        max={100}
        {...(percent === null ? {} : { value: percent })}
      />
    </div>
  );
}

function Frame({ title, children, ...named }: Named & { title: string; children: ReactNode }) {
  return (
    <Panel aria-labelledby="open">
      <PanelHead id="open" title={title} />
      <div className="space-y-5 px-4 pt-1 pb-5 sm:px-5">
        <p className="text-quiet">
          <RemovalSpan {...named} />
        </p>
        {children}
      </div>
    </Panel>
  );
}

/** A removal that is looked through, waits for a word, or goes on. */
export function OpenRemoval(named: Named) {
  const { removal, site } = named;
  const words = useWords('removal');
  const formats = useFormats();
  const { id, state, found, progress } = removal;
  if (state === 'counting')
    return (
      <Frame {...named} title={words('looking')}>
        <Progress label={words('lookingText')} value={progress} />
        <CancelRemoval siteId={site.id} id={id} label={words('stop')} />
      </Frame>
    );
  if (state === 'removing')
    return (
      <Frame {...named} title={words('removing')}>
        <Progress
          label={words('removingText', {
            done: formats.exactNumber(removal.removed),
            count: formats.exactNumber(found?.events ?? 0),
          })}
          value={progress}
        />
        <p className="text-quiet">{words('mayLeave')}</p>
      </Frame>
    );
  if (found === null || found.events === 0)
    return (
      <Frame {...named} title={words('nothing')}>
        <p>{words('nothingText')}</p>
        <CancelRemoval siteId={site.id} id={id} label={words('close')} />
      </Frame>
    );
  return (
    <Frame {...named} title={words('found')}>
      <RemovalFound found={found} nameSender={named.nameSender} />
      <ConfirmRemoval
        siteId={site.id}
        id={id}
        domain={site.domain}
        count={formats.exactNumber(found.events)}
      />
    </Frame>
  );
}

/** What was removed before, by whom and when. */
export function RemovalHistory({
  removals,
  ...named
}: Omit<Named, 'removal'> & { removals: readonly EventRemoval[] }) {
  const words = useWords('removal');
  const formats = useFormats();
  if (removals.length === 0) return <p className="text-quiet">{words('noHistory')}</p>;
  const nameWho = ({ byOperator, confirmedBy }: EventRemoval) =>
    byOperator ? words('byOperator') : (confirmedBy ?? words('byFormer'));
  return (
    <ul className="divide-y divide-line border-y border-line">
      {removals.map((removal) => (
        <li key={removal.id} className="space-y-0.5 py-2.5">
          <p className="font-medium">{words('removed', { count: formats.exactNumber(removal.removed) })}</p>
          <p className="wrap-anywhere">
            <RemovalSpan {...named} removal={removal} />
          </p>
          <p className="text-quiet wrap-anywhere">
            {words('byWhom', {
              who: nameWho(removal),
              when: formats.momentAt(removal.finishedAt ?? removal.requestedAt, named.site.timezone),
            })}
          </p>
        </li>
      ))}
    </ul>
  );
}
