'use server';

import { z } from 'zod';
import { staffAction } from '#access/action.ts';
import { formFailure, text } from '#access/form.ts';
import { saveCode, saveCoupon, stopCoupon } from './coupon-console.ts';
import { readCount, readDay, readDuration, readOff } from './coupon-fields.ts';

/** Makes a coupon with the code that people type. */
export const createCoupon = staffAction('operator/coupons/coupon-actions.createCoupon', {
  schema: z.strictObject({
    name: text(),
    kind: text(),
    off: text(),
    duration: text(),
    months: text(),
    plan: text(),
    most: text(),
    until: text(),
    code: text(),
    key: text(),
  }),
  run: async ({ input: { kind, off, duration, months, most, until, ...rest }, actor }) => {
    const read = {
      off: readOff(kind, off),
      duration: readDuration(duration, months),
      most: readCount(most),
      until: readDay(until),
    };
    await saveCoupon({ ...rest, ...read }, actor);
    return { saved: true };
  },
});

/** Makes another code of a coupon. */
export const addCode = staffAction('operator/coupons/coupon-actions.addCode', {
  schema: z.strictObject({ coupon: text(), code: text(), most: text(), until: text(), key: text() }),
  run: async ({ input: { coupon, most, until, ...rest }, actor }) => {
    await saveCode({ ...rest, couponId: coupon, most: readCount(most), until: readDay(until) }, actor);
    return { saved: true };
  },
});

/** Ends a code, or a coupon with all of its codes. */
export const endCoupon = staffAction('operator/coupons/coupon-actions.endCoupon', {
  schema: z.strictObject({ kind: text(), id: text() }),
  run: async ({ input: { kind, id }, actor }) => {
    if (kind !== 'code' && kind !== 'coupon') throw formFailure('invalid_form', `${kind} cannot be ended`);
    await stopCoupon({ kind, id }, actor);
    return { saved: true };
  },
});
