import { hkdfSync } from 'node:crypto';
import type { StoreName } from '@footfall/installation/store-table';
import type { Sequence } from './tables.ts';

/** What a backup says of itself, first. */
export type Head = {
  madeAt: string;
  /** Of Footfall. */
  version: string;
  /** The stores that it has, with the migrations that were applied to each one's database. */
  stores: Partial<Record<StoreName, { migrations: string[] }>>;
  /** What the installation's secret is known by, and the secret itself where the installation had made it up. */
  secret: { fingerprint: string; text: string | null };
};

/** What it says last: what there is, so that nothing is missing unseen. */
export type End = {
  /** Rows by the name of the table. */
  tables: Record<string, number>;
  files: number;
  sequences: Sequence[];
};

const FINGERPRINT_BYTES = 16;

/** What a secret is known by, which nobody comes back from. */
export const fingerprintSecret = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, '', 'backup fingerprint', FINGERPRINT_BYTES)).toString('hex');
