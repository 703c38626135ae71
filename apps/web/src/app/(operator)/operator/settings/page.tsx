import { FLAG_NAMES } from '@footfall/core/flag';
import { staffPage } from '#access/page.ts';
import { FlagList } from '#operator/flag-list.tsx';
import { ListPanel } from '#operator/list-panel.tsx';
import { loadSettings, NOTICE_LENGTH } from '#operator/settings.ts';
import { FlagForm, NoticeForm, SignUpForm } from '#operator/settings-forms.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('platformSettings');

export default staffPage('/operator/settings', async () => {
  const words = await readerWords('staffSettings');
  const { signUp, byVariable, notice, flags } = await loadSettings();
  const shown =
    notice === null ? null : { ...notice, until: new Date(notice.until).toISOString().slice(0, 16) };
  return (
    <ClientWords of={['staffSettings', 'proof', 'failures']}>
      <StaffMain title={words('title')}>
        <p className="-mt-4 max-w-text text-quiet">{words('text')}</p>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <div className="min-w-0 space-y-6">
            <ListPanel id="sign-up" title={words('signUpTitle')}>
              <SignUpForm mode={signUp} byVariable={byVariable} />
            </ListPanel>
            <ListPanel id="notice" title={words('notice')}>
              <NoticeForm notice={shown} most={NOTICE_LENGTH} />
            </ListPanel>
          </div>
          <ListPanel id="flags" title={words('flagsTitle')}>
            <FlagList overrides={flags} />
            <div className="mt-2 border-t border-line pt-4">
              <FlagForm flags={FLAG_NAMES} />
            </div>
          </ListPanel>
        </div>
      </StaffMain>
    </ClientWords>
  );
});
