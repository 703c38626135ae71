'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { switchSite } from './life-actions.ts';

/** Whether the site takes events, and the button that changes it. */
export function SiteSwitch({ siteId, enabled }: { siteId: string; enabled: boolean }) {
  const [state, action, pending] = useActionState(switchSite, {});
  const words = useWords('life');
  const { general } = useFormErrors(state, []);
  return (
    <form action={action} className="space-y-4">
      {general !== undefined && <ErrorNotice message={general} />}
      <p role="status" className={enabled ? 'text-quiet' : 'font-medium'}>
        {words(enabled ? 'isOn' : 'isOff')}
      </p>
      <input type="hidden" name="site" value={siteId} />
      <input type="hidden" name="enabled" value={enabled ? 'off' : 'on'} />
      <Button type="submit" pending={pending}>
        {words(enabled ? 'switchOff' : 'switchOn')}
      </Button>
    </form>
  );
}
