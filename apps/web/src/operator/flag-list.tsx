import { FLAG_NAMES, FLAGS } from '@footfall/core/flag';
import type { FlagRow } from '@footfall/db/staff/settings';
import { useFormats } from '#format/formats.ts';
import { Badge } from '#ui/badge.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';

/** The flags, what they mean, and where they differ from their default: for whom, why and since when. */
export function FlagList({ overrides }: { overrides: readonly FlagRow[] }) {
  const words = useWords('staffSettings');
  const formats = useFormats();
  return (
    <ul className="divide-y divide-line">
      {FLAG_NAMES.map((flag) => (
        <li key={flag} className="py-2.5">
          <p className="flex flex-wrap items-center justify-between gap-x-4">
            <span className="font-medium">{words(`flags.${flag}.name`)}</span>
            <span className="text-quiet">
              {words('defaultIs', { state: words(FLAGS[flag].default ? 'on' : 'off') })}
            </span>
          </p>
          <p className="text-quiet">{words(`flags.${flag}.meaning`)}</p>
          <ul>
            {overrides
              .filter((one) => one.flag === flag)
              .map(({ forTenant, isOn, reason, updatedAt }) => (
                <li key={forTenant} className="flex flex-wrap items-center gap-x-3 pt-1.5 wrap-anywhere">
                  <Badge tone={isOn ? 'good' : 'warning'}>{words(isOn ? 'on' : 'off')}</Badge>
                  {forTenant === '' ? (
                    <span>{words('forAll')}</span>
                  ) : (
                    <TextLink href={`/operator/tenants/${encodeURIComponent(forTenant)}`}>
                      {forTenant}
                    </TextLink>
                  )}
                  <span className="text-quiet">
                    {words('because', { reason, moment: formats.momentAt(updatedAt, 'UTC') })}
                  </span>
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
