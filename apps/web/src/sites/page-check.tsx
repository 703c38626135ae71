'use client';

import { shownHost } from '@footfall/core/host';
import { FINDINGS, type Finding, type Severity } from '@footfall/site-check/finding';
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import { type ReactNode, useActionState } from 'react';
import type { PageReport } from '#access/page-check.ts';
import { Button } from '#ui/button.tsx';
import { classNames } from '#ui/class-names.ts';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { checkPage } from './page-actions.ts';

const LOOKS: Readonly<Record<Severity, { icon: LucideIcon; tone: string }>> = {
  error: { icon: CircleAlert, tone: 'text-worse' },
  warning: { icon: TriangleAlert, tone: 'text-warning' },
  note: { icon: Info, tone: 'text-quiet' },
  good: { icon: CircleCheck, tone: 'text-better' },
};

type Sentences = { rich(code: string, values: Record<string, unknown>): ReactNode };

/** An address as people write it, without its scheme. */
function readableAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const { host, pathname, search } = new URL(address);
  return shownHost(host) + (pathname === '/' ? '' : pathname) + search;
}

function FindingRow({ found: { code, values } }: { found: Finding }) {
  const words = useWords('pageCheck');
  const sentences = useWords('findings') as unknown as Sentences;
  const severity = FINDINGS[code];
  const { icon: Icon, tone } = LOOKS[severity];
  const hosts = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? shownHost(value) : value,
  ]);
  const mono = (text: ReactNode) => <code className="font-mono text-xs wrap-anywhere">{text}</code>;
  return (
    <li data-finding={code} className="flex gap-3 py-3">
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', tone)} />
      <div className="min-w-0">
        <p className={classNames('text-xs font-medium', tone)}>{words(severity)}</p>
        <p className="wrap-anywhere">{sentences.rich(code, { ...Object.fromEntries(hosts), code: mono })}</p>
      </div>
    </li>
  );
}

function Report({ url, findings }: PageReport) {
  const words = useWords('pageCheck');
  return (
    <>
      <p className="text-quiet wrap-anywhere">{words('looked', { address: readableAddress(url) })}</p>
      <ul className="divide-y divide-line">
        {findings.map((found) => (
          <FindingRow key={found.code} found={found} />
        ))}
      </ul>
    </>
  );
}

/** Has a page of the site looked at, and says what keeps it from being counted. */
export function PageCheck({ siteId, domain }: { siteId: string; domain: string }) {
  const [state, action, pending] = useActionState(checkPage, {});
  const form = useErrorFocus(state);
  const words = useWords('pageCheck');
  const { errorAt, general } = useFormErrors(state, ['page']);
  const { report } = state;
  const example = `https://${shownHost(domain)}/`;
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="site" value={siteId} />
      <div className="space-y-3">
        <Field
          label={words('page')}
          name="page"
          inputMode="url"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          placeholder={example}
          defaultValue={state.values?.page}
          hint={words('pageHint')}
          error={errorAt('page')}
        />
        <Button type="submit" pending={pending}>
          {words('check')}
        </Button>
      </div>
      <div aria-live="polite" aria-busy={pending}>
        {report !== undefined && <Report {...report} />}
      </div>
    </form>
  );
}
