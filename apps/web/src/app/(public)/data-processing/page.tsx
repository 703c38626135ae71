import { publicPage } from '#access/page.ts';
import { settingsInForce } from '#access/settings-in-force.ts';
import { STORED_GROUPS, tablesIn } from '#privacy/stored-tables.ts';
import { PublicFrame } from '#shell/public-frame.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('dataProcessing');

/** What is known of visitors, in this order. */
const SECTIONS = ['stored', 'visitors', 'salts', 'stated', 'addresses', 'kept', 'access'] as const;

/** What is done with data of visitors, for whoever must say so or wants to know. */
export default publicPage('/data-processing', async () => {
  const words = await readerWords('dataProcessing');
  const { sessionDays, idleDays, sendsMail, auditDays } = settingsInForce();
  const values = { sessionDays, idleDays, days: auditDays, sends: sendsMail ? 'yes' : 'no' };
  return (
    <PublicFrame>
      <div className="max-w-text space-y-6 py-8">
        <h1 className="text-lg font-semibold">{words('title')}</h1>
        <p className="text-quiet">{words('intro')}</p>
        {SECTIONS.map((section) => (
          <section key={section} aria-labelledby={section} className="space-y-1">
            <h2 id={section} className="font-semibold">
              {words(`sections.${section}.title`)}
            </h2>
            <p>{words(`sections.${section}.text`)}</p>
          </section>
        ))}
        <section aria-labelledby="tables" className="space-y-4 border-t border-line pt-6">
          <h2 id="tables" className="font-semibold">
            {words('tablesTitle')}
          </h2>
          <p className="text-quiet">{words('tablesText')}</p>
          {STORED_GROUPS.map((group) => (
            <div key={group} className="space-y-1">
              <h3 className="font-medium">{words(`groups.${group}.title`)}</h3>
              <p>{words(`groups.${group}.text`, values)}</p>
              <p className="font-mono text-xs text-quiet wrap-anywhere">{tablesIn(group).join(' · ')}</p>
            </div>
          ))}
        </section>
        <p>
          <TextLink href="/data-processing/agreement">{words('agreement')}</TextLink>
        </p>
        <p>
          <TextLink href="/">{words('home')}</TextLink>
        </p>
      </div>
    </PublicFrame>
  );
});
