import { randomUUID } from 'node:crypto';
import { staffPage } from '#access/page.ts';
import { loadCoupons } from '#operator/coupons/coupon-console.ts';
import { CouponForm } from '#operator/coupons/coupon-forms.tsx';
import { CouponList } from '#operator/coupons/coupon-list.tsx';
import { KnownPart } from '#operator/known-part.tsx';
import { ListPanel } from '#operator/list-panel.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('coupons');

export default staffPage('/operator/coupons', async () => {
  const words = await readerWords('coupons');
  const loaded = await loadCoupons();
  return (
    <ClientWords of={['coupons', 'proof', 'failures']}>
      <StaffMain title={words('title')}>
        <p className="-mt-4 max-w-text text-quiet">{words(loaded === null ? 'billingOff' : 'text')}</p>
        {loaded !== null && (
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <div className="min-w-0">
              <KnownPart known={loaded.coupons}>{(coupons) => <CouponList coupons={coupons} />}</KnownPart>
            </div>
            <ListPanel id="new" title={words('newTitle')}>
              <CouponForm plans={loaded.plans} formKey={randomUUID()} />
            </ListPanel>
          </div>
        )}
      </StaffMain>
    </ClientWords>
  );
});
