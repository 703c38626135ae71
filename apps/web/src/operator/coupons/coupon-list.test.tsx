import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { ListedCoupon } from './coupon-console.ts';
import { CouponForm } from './coupon-forms.tsx';
import { CouponList } from './coupon-list.tsx';

const actions = vi.hoisted(() => ({
  createCoupon: vi.fn(async (_: unknown, __: FormData) => ({})),
  addCode: vi.fn(async (_: unknown, __: FormData) => ({})),
  endCoupon: vi.fn(async (_: unknown, __: FormData) => ({})),
}));
vi.mock('./coupon-actions.ts', () => actions);

const code = {
  id: 'promo_1',
  couponId: 'c1',
  code: 'SPRING',
  isActive: true,
  used: 1,
  most: 100,
  until: Date.UTC(2027, 0, 1),
};
const coupon: ListedCoupon = {
  id: 'c1',
  name: 'Spring',
  off: { percent: 20 },
  duration: { kind: 'repeating', months: 3 },
  most: null,
  until: null,
  used: 0,
  isValid: true,
  codes: [code, { ...code, id: 'promo_2', code: 'WINTER', isActive: false }],
};
const over: ListedCoupon = {
  ...coupon,
  id: 'c2',
  name: 'Old',
  off: { amount: 450, currency: 'EUR' },
  duration: { kind: 'once' },
  isValid: false,
  codes: [],
};

it('coupons say what they take off, how often they were used, and which codes hold', async () => {
  const { user } = renderScreen(<CouponList coupons={[coupon, over]} />);
  const [spring, old] = [
    within(screen.getByRole('region', { name: 'Spring' })),
    within(screen.getByRole('region', { name: 'Old' })),
  ];
  expect(spring.getByText('20% off, for 3 months')).toBeTruthy();
  expect(spring.getAllByText('Used once of 100 · until 1 Jan 2027')).toHaveLength(2);
  expect(old.getByText('€4.50 off, from one invoice')).toBeTruthy();
  expect(old.getByText('over')).toBeTruthy();
  await user.click(spring.getByRole('button', { name: 'End code' }));
  expect(Object.fromEntries(actions.endCoupon.mock.lastCall?.[1] as FormData)).toEqual({
    kind: 'code',
    id: 'promo_1',
  });
});

it('a coupon is written with its code, in a form that knows itself again', async () => {
  const { user } = renderScreen(<CouponForm plans={[]} formKey="form-key-1" />);
  await user.type(screen.getByLabelText('Name'), 'Spring');
  await user.type(screen.getByLabelText('Takes off'), '20');
  await user.type(screen.getByLabelText('Code'), 'spring');
  await user.click(screen.getByRole('button', { name: 'Make coupon' }));
  expect(Object.fromEntries(actions.createCoupon.mock.lastCall?.[1] as FormData)).toMatchObject({
    name: 'Spring',
    kind: 'percent',
    off: '20',
    duration: 'once',
    code: 'spring',
    plan: '',
    key: 'form-key-1',
  });
});

it('without a coupon there is a word for it, in German too', () => {
  renderScreen(<CouponList coupons={[]} />, { locale: 'de' });
  expect(screen.getByText('Es gibt noch keinen Gutschein.')).toBeTruthy();
});
