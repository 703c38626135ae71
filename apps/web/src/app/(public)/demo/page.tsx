import { publicSitePage } from '#access/page.ts';
import { loadOverview } from '#overview/load.ts';
import { PublicOverview } from '#overview/public-overview.tsx';
import { toParameters } from '#reports/address.ts';
import { ButtonLink } from '#ui/button.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('demo');

/** The demo shop's overview, for everyone to try. */
export default publicSitePage('/demo', async ({ site, who, searchParams }) => {
  const parameters = toParameters(searchParams);
  const loaded = await loadOverview(site, who, parameters.toString());
  const words = await readerWords('demo');
  return (
    <ClientWords of={['overview', 'foot', 'periods', 'chart', 'metrics']}>
      <PublicOverview
        site={site}
        pulseAddress="/demo/pulse"
        loaded={loaded}
        parameters={parameters}
        note={words('note')}
      >
        <ButtonLink href="/sign-up" variant="primary">
          {words('begin')}
        </ButtonLink>
      </PublicOverview>
    </ClientWords>
  );
});
