import { currentMember } from '#access/session.ts';
import { settingsInForce } from '#access/settings-in-force.ts';
import { openRoute } from '#api/open-route.ts';
import { agreementText, writeAgreement } from '#privacy/agreement.ts';
import { readerWords } from '#words/reader.ts';

/** The agreement as a file, in the reader's language, with the name of their team. */
export const GET = openRoute('/data-processing/agreement/download', async () => {
  const member = await currentMember();
  const facts = { ...settingsInForce(), controller: member?.tenantName ?? null };
  const text = agreementText(writeAgreement(await readerWords('agreement'), facts));
  return new Response(text, {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': 'attachment; filename="agreement.md"',
      'cache-control': 'private, no-store',
    },
  });
});
