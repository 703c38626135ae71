import { publicPage } from '#access/page.ts';
import { settingsInForce } from '#access/settings-in-force.ts';
import { writeAgreement } from '#privacy/agreement.ts';
import { PublicFrame } from '#shell/public-frame.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('agreement');

/** An agreement about the processing of data, to print or to download. */
export default publicPage('/data-processing/agreement', async ({ member }) => {
  const words = await readerWords('agreement');
  const agreement = writeAgreement(words, {
    ...settingsInForce(),
    controller: member?.tenantName ?? null,
  });
  return (
    <PublicFrame>
      <div className="max-w-text space-y-6 py-8 wrap-anywhere print:max-w-none print:py-0">
        <h1 className="text-lg font-semibold">{agreement.title}</h1>
        <p className="rounded-md border border-edge px-3 py-2">{agreement.notice}</p>
        <p className="print:hidden">
          <ButtonLink href="/data-processing/agreement/download" prefetch={false}>
            {words('download')}
          </ButtonLink>
        </p>
        {agreement.parties.map((party) => (
          <p key={party}>{party}</p>
        ))}
        {agreement.sections.map(({ title, paragraphs }) => (
          <section key={title} className="space-y-1 break-inside-avoid">
            <h2 className="font-semibold">{title}</h2>
            {paragraphs.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </section>
        ))}
        {agreement.signatures.map((line) => (
          <p key={line} className="pt-8">
            {line}
          </p>
        ))}
      </div>
    </PublicFrame>
  );
});
