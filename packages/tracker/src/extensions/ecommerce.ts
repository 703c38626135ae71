import { track } from '../index.ts';
import { shop } from './shop.ts';

export type { Amount, Product, Purchase, Refund } from './shop.ts';

export const { viewItem, addToCart, beginCheckout, purchase, refund } = shop(track);
