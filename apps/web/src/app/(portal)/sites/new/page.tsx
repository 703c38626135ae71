import { memberPage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { AddSiteForm } from '#sites/add-site-form.tsx';
import { currencies, timezones } from '#sites/choices.ts';
import { Panel } from '#ui/panel.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('addSite');

export default memberPage('/sites/new', async () => {
  const words = await readerWords('newSite');
  const formats = formatsIn(await readerLocale());
  return (
    <>
      <main className="mx-auto w-full max-w-form px-4 py-10">
        <h1 className="text-lg font-semibold">{words('title')}</h1>
        <p className="pt-1 pb-5 text-quiet">{words('text')}</p>
        <Panel className="p-6">
          <ClientWords of={['sites', 'failures']}>
            <AddSiteForm timezones={timezones()} currencies={currencies(formats)} />
          </ClientWords>
        </Panel>
      </main>
      <Shortcuts />
    </>
  );
});
