import { shownHost } from '@footfall/core/host';
import { hasFewWildcards } from '@footfall/core/page-pattern';
import type { ReactNode } from 'react';
import { sitePage } from '#access/page.ts';
import { type Member, memberMay } from '#access/session.ts';
import { CopyForm } from '#goals/copy-form.tsx';
import { FunnelForm } from '#goals/funnel-form.tsx';
import { FunnelList } from '#goals/funnel-list.tsx';
import { GoalForm } from '#goals/goal-form.tsx';
import { GoalList, type GoalRow } from '#goals/goal-list.tsx';
import { SeenList } from '#goals/seen-list.tsx';
import { SegmentForm } from '#goals/segment-form.tsx';
import { SegmentList } from '#goals/segment-list.tsx';
import { showSteps } from '#goals/steps-text.ts';
import { GOAL_DAYS, readFunnel, readGoalFigures } from '#reports/goal-figures.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import type { SiteLabel } from '#sites/site-label.ts';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('goals');

function Part({
  id,
  title,
  text,
  children,
}: {
  id: string;
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <Panel aria-labelledby={id}>
      <PanelHead id={id} title={title} />
      <div className="space-y-6 px-4 pt-1 pb-5 sm:px-5">
        <p className="text-quiet">{text}</p>
        {children}
      </div>
    </Panel>
  );
}

/** The sites that goals can be copied to. */
async function otherSites(member: Member, siteId: string): Promise<SiteLabel[]> {
  const sites = await member.tenant.sites.list();
  return sites
    .filter(({ id }) => id !== siteId && memberMay(member, 'analysis.edit', id))
    .map(({ id, domain }) => ({ id, domain: shownHost(domain) }));
}

export default sitePage('/sites/[id]/goals', async ({ member, site, searchParams }) => {
  const { tenant } = member;
  const [goals, funnels, segments, figures, others] = await Promise.all([
    tenant.goals.list(site.id),
    tenant.funnels.list(site.id),
    tenant.segments.list(site.id),
    readGoalFigures(site, member.user.id),
    otherSites(member, site.id),
  ]);
  const asked = funnels.find(({ id }) => id === searchParams.funnel);
  const open =
    asked === undefined ? null : { id: asked.id, rows: await readFunnel(site, member.user.id, asked) };
  const words = await readerWords('goalsPage');
  const rows = goals.map(
    ({ id, name, event, page, props }): GoalRow => ({
      id,
      name,
      kind: event === null ? 'page' : 'event',
      what: event ?? page ?? '',
      props,
      leftOut: page !== null && !hasFewWildcards(page),
      figure: figures.goals.get(name) ?? null,
    }),
  );
  const isGoal = (kind: GoalRow['kind'], text: string) =>
    rows.some((row) => row.kind === kind && row.what === text && Object.keys(row.props).length === 0);
  const events = figures.seen.events.filter(({ text }) => !isGoal('event', text));
  const pages = figures.seen.pages.filter(({ text }) => !isGoal('page', text));
  return (
    <ClientWords of={['goals', 'funnels', 'segments', 'copies', 'dimensions', 'failures']}>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <h1 className="text-lg font-semibold">
          {words.rich('title', {
            domain: shownHost(site.domain),
            name: (text) => <Unbroken>{text}</Unbroken>,
          })}
        </h1>
        <Part id="goals" title={words('goals')} text={words('goalsText', { days: GOAL_DAYS })}>
          <GoalList siteId={site.id} goals={rows} currency={site.currency} />
          {events.length + pages.length > 0 && (
            <details>
              <summary className="cursor-pointer rounded-sm font-medium">{words('seen')}</summary>
              <div className="grid gap-6 pt-3 sm:grid-cols-2">
                <SeenList siteId={site.id} kind="event" seen={events} />
                <SeenList siteId={site.id} kind="page" seen={pages} />
              </div>
            </details>
          )}
          <GoalForm siteId={site.id} />
        </Part>
        <Part id="funnels" title={words('funnels')} text={words('funnelsText', { days: GOAL_DAYS })}>
          <FunnelList
            siteId={site.id}
            open={open}
            funnels={funnels.map(({ id, name, steps }) => ({ id, name, steps: showSteps(steps, goals) }))}
          />
          <FunnelForm siteId={site.id} />
        </Part>
        <Part id="segments" title={words('segments')} text={words('segmentsText')}>
          <SegmentList siteId={site.id} segments={segments} />
          <SegmentForm siteId={site.id} />
        </Part>
        {others.length > 0 && (
          <Part id="copy" title={words('copy')} text={words('copyText')}>
            <CopyForm siteId={site.id} sites={others} />
          </Part>
        )}
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
