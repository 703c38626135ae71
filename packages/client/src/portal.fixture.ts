import { createClient } from './client.ts';
import type { ClientOptions } from './transport.ts';

/** A question as it arrived at the portal. */
export type Asked = { method: string; path: string; search: string; key: string | null; body: unknown };

const API_KEY = 'ffk_test';

/** A client of a portal that answers in turn what it is given, the last one for ever. */
export function makeClient(answers: readonly Response[], options: Partial<ClientOptions> = {}) {
  const asked: Asked[] = [];
  const client = createClient({
    url: 'https://stats.example.com/',
    apiKey: API_KEY,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const text = await request.text();
      asked.push({
        method: request.method,
        path: pathname,
        search,
        key: request.headers.get('authorization'),
        body: text === '' ? null : JSON.parse(text),
      });
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      return answer?.clone() ?? Response.error();
    },
    ...options,
  });
  return { client, asked };
}

/** An answer of the query API with these rows. */
export const makeAnswer = (results: readonly object[], meta: object = {}) =>
  Response.json({
    results,
    meta: { data_through: '2026-01-07T10:00:00Z', logic_version: '1', ...meta },
    query: {},
  });

export const refusal = (status: number, error: object, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers });
