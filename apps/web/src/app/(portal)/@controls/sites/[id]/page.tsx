import { siteControls } from '#access/page.ts';
import { loadOverview } from '#overview/load.ts';
import { PeriodPicker } from '#overview/period-picker.tsx';
import { VisitorsNow } from '#overview/visitors-now.tsx';
import { toParameters } from '#reports/address.ts';
import { ClientWords } from '#words/client-words.tsx';

/** What the bar over the overview shows and lets choose. */
export default siteControls('/sites/[id]', async ({ member, site, searchParams }) => {
  const { period, pulse, today } = await loadOverview(
    site,
    member.user.id,
    toParameters(searchParams).toString(),
  );
  return (
    <ClientWords of={['overview', 'periods']}>
      <VisitorsNow siteId={site.id} start={pulse} />
      <div className="ml-auto shrink-0">
        <PeriodPicker period={period} today={today} />
      </div>
    </ClientWords>
  );
});
