import type { Metadata } from 'next';
import { memberPage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { TopBar } from '#shell/top-bar.tsx';
import { AddSiteForm } from '#sites/add-site-form.tsx';
import { currencies, timezones } from '#sites/choices.ts';
import { Panel } from '#ui/panel.tsx';
import { readerLocale } from '#words/reader.ts';

export const metadata: Metadata = { title: 'Add a site' };

export default memberPage('/sites/new', ({ member: { user } }) => {
  return (
    <>
      <TopBar email={user.email} />
      <main className="mx-auto w-full max-w-form px-4 py-10">
        <h1 className="text-lg font-semibold">Add a site</h1>
        <p className="pt-1 pb-5 text-quiet">You get one line of script for its pages.</p>
        <Panel className="p-6">
          <AddSiteForm timezones={timezones()} currencies={currencies(formats)} />
        </Panel>
      </main>
      <Shortcuts />
    </>
  );
});
