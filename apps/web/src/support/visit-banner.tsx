import { Eye } from 'lucide-react';
import type { Member } from '#access/session.ts';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';
import { EndVisit } from './end-visit.tsx';

type Props = { email: string; tenantName: string; visit: NonNullable<Member['visit']> };

/** Stands at the foot of every page while somebody of the platform's staff sees what a tenant sees: who, why, until when, and the way out. */
export function VisitBanner({ email, tenantName, visit: { reason, endsAt } }: Props) {
  const words = useWords('support');
  const formats = useFormats();
  return (
    <aside
      aria-label={words('banner')}
      className="sticky bottom-0 z-30 border-t-2 border-warning bg-surface print:static"
    >
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:px-6">
        <Eye aria-hidden className="size-4 shrink-0 text-warning" />
        <p className="min-w-0 flex-1 basis-60 wrap-anywhere">
          <strong className="font-semibold">
            {words('bannerText', {
              email,
              tenant: tenantName,
              until: formats.clockAt(endsAt.getTime(), 'UTC'),
            })}
          </strong>{' '}
          <span className="text-quiet">{words('bannerReason', { reason })}</span>
        </p>
        <EndVisit label={words('end')} />
      </div>
    </aside>
  );
}
