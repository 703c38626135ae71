import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import { endTokens, issueToken, readToken, type TokenPurpose, takeToken } from './user-token.ts';

let plane: ControlPlane;
let db: Database;
let userId = '';
const email = 'ann@shop.example';
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ db } = plane.as('web'));
  ({ userId } = await plane.newTenant());
});
afterAll(() => plane.drop());

const issue = (purpose: TokenPurpose, browser?: string) =>
  issueToken(db, { userId, purpose, email, browser });

it('a token is used once, of two at once by one alone', async () => {
  const token = await issue('reset_password');
  const presented = { token, purpose: 'reset_password' } as const;
  expect(await readToken(db, presented)).toEqual({ userId, email, isSameBrowser: false });
  const taken = await Promise.all([takeToken(db, presented), takeToken(db, presented)]);
  expect(taken.filter((one) => one !== null)).toHaveLength(1);
  expect(await readToken(db, presented)).toBeNull();
});

it('a token opens nothing else, and not for longer than it says', async () => {
  const token = await issue('verify_email');
  expect(await takeToken(db, { token, purpose: 'reset_password' })).toBeNull();
  await plane.pool.query(`UPDATE user_token SET expires_at = now() - interval '1 s'`);
  expect(await takeToken(db, { token, purpose: 'verify_email' })).toBeNull();
});

it('a token knows the browser that asked for it', async () => {
  const token = await issue('sign_in', 'secret of the browser');
  const read = (browser?: string) => readToken(db, { token, purpose: 'sign_in', browser });
  expect(await read('secret of the browser')).toMatchObject({ isSameBrowser: true });
  expect(await read('another')).toMatchObject({ isSameBrowser: false });
  expect(await read()).toMatchObject({ isSameBrowser: false });
});

it('five of a kind are valid at a time, and all end when they should', async () => {
  const tokens: string[] = [];
  for (let index = 0; index < 7; index += 1) tokens.push(await issue('change_email'));
  const valid = async () => {
    const read = await Promise.all(tokens.map((token) => readToken(db, { token, purpose: 'change_email' })));
    return read.filter((one) => one !== null).length;
  };
  expect(await valid()).toBe(5);
  await endTokens(db, userId, ['change_email']);
  expect(await valid()).toBe(0);
});

it('nothing is stored that would open it', async () => {
  const token = await issue('reset_password', 'browser secret');
  const { rows } = await plane.pool.query<{ text: string }>(
    'SELECT user_token::text AS text FROM user_token',
  );
  const text = rows.map((row) => row.text).join();
  expect(text).not.toContain(token);
  expect(text).not.toContain('browser secret');
});
