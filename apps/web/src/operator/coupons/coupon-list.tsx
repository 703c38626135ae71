import { randomUUID } from 'node:crypto';
import type { ProviderCode } from '@footfall/billing/catalog/coupon-gateway';
import { useFormats } from '#format/formats.ts';
import { Badge } from '#ui/badge.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';
import type { ListedCoupon } from './coupon-console.ts';
import { CodeForm, EndCoupon } from './coupon-forms.tsx';

type Used = { used: number; most: number | null; until: number | null };

/** Writes how often something was used, of how often it may be, and until when. */
function useUse(): (one: Used) => string {
  const words = useWords('coupons');
  const formats = useFormats();
  return ({ used, most, until }) => {
    const use =
      most === null
        ? words('used', { count: used })
        : words('usedOf', { count: used, most: formats.exactNumber(most) });
    return until === null
      ? use
      : `${use} · ${words('untilDay', { day: formats.dayAt(new Date(until), 'UTC') })}`;
  };
}

function Code({ code }: { code: ProviderCode }) {
  const words = useWords('coupons');
  const writeUse = useUse();
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-2.5">
      <p className="min-w-0">
        <code className="font-mono wrap-anywhere">{code.code}</code>{' '}
        {!code.isActive && <Badge>{words('over')}</Badge>}
        <span className="block text-quiet">{writeUse(code)}</span>
      </p>
      {code.isActive && <EndCoupon kind="code" id={code.id} />}
    </li>
  );
}

/** What a coupon takes off, and for how long. */
function useTerms(): (coupon: ListedCoupon) => string {
  const words = useWords('coupons');
  const formats = useFormats();
  return ({ off, duration }) => {
    const what = 'percent' in off ? formats.percent(off.percent) : formats.price(off.amount, off.currency);
    const long =
      duration.kind === 'repeating'
        ? words('forMonths', { count: duration.months })
        : words(`durations.${duration.kind}`);
    return words('terms', { what, long });
  };
}

function Coupon({ coupon }: { coupon: ListedCoupon }) {
  const words = useWords('coupons');
  const writeTerms = useTerms();
  const writeUse = useUse();
  return (
    <Panel aria-labelledby={coupon.id}>
      <PanelHead id={coupon.id} title={coupon.name}>
        {!coupon.isValid && <Badge>{words('over')}</Badge>}
      </PanelHead>
      <div className="space-y-3 px-4 pt-1 pb-4 sm:px-5">
        <p>{writeTerms(coupon)}</p>
        <p className="text-quiet">{writeUse(coupon)}</p>
        <ul className="divide-y divide-line">
          {coupon.codes.map((code) => (
            <Code key={code.id} code={code} />
          ))}
        </ul>
        {coupon.isValid && (
          <details className="space-y-4">
            <summary className="min-h-11 cursor-pointer content-center font-medium sm:min-h-9">
              {words('anotherCode')}
            </summary>
            <CodeForm coupon={coupon.id} formKey={randomUUID()} />
          </details>
        )}
        <EndCoupon kind="coupon" id={coupon.id} />
      </div>
    </Panel>
  );
}

/** Coupons with their codes. */
export function CouponList({ coupons }: { coupons: readonly ListedCoupon[] }) {
  const words = useWords('coupons');
  if (coupons.length === 0) return <p className="text-quiet">{words('none')}</p>;
  return (
    <div className="space-y-4">
      {coupons.map((coupon) => (
        <Coupon key={coupon.id} coupon={coupon} />
      ))}
    </div>
  );
}
