import { expect, test, vi } from 'vitest';
import { createEmbedClient } from './embed.ts';

const answer = { results: [{ dimensions: [], metrics: [1] }], meta: {}, query: {} };
const question = { site_id: 'site_1', metrics: ['visitors'], date_range: '7d' } as const;

test('a question carries the token of its moment, and nothing else of the page', async () => {
  const asked: Request[] = [];
  const token = vi.fn().mockReturnValueOnce('first').mockResolvedValueOnce('second');
  const client = createEmbedClient({
    url: 'https://stats.example/',
    token,
    fetch: async (request) => {
      asked.push(request);
      return Response.json(answer);
    },
  });
  expect((await client.query(question)).results).toEqual(answer.results);
  await client.query(question);
  expect(asked.map(({ url }) => url)).toEqual(Array(2).fill('https://stats.example/api/embed/query'));
  expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer first', 'Bearer second']);
  expect(await asked[0]?.json()).toEqual(question);
});

test('a refusal has the code of what is wrong with the token', async () => {
  const refusal = { error: { code: 'token_expired', message: 'the token ended 5 s ago' } };
  const client = createEmbedClient({
    url: 'https://stats.example',
    token: 'old',
    fetch: async () => Response.json(refusal, { status: 401 }),
  });
  await expect(client.query(question)).rejects.toMatchObject({ status: 401, code: 'token_expired' });
});
