import { afterEach, expect, test, vi } from 'vitest';
import { type EmbedCount, EmbedUse } from './embed-use.ts';

const record = vi.fn<(counts: readonly EmbedCount[]) => Promise<void>>();
const use = new EmbedUse({ record, everyMs: 3_600_000 });
afterEach(() => record.mockReset());

test('questions of the same outcome are told together, and what could not be told with the next round', async () => {
  record.mockRejectedValueOnce(new Error('away'));
  use.note('embed_a', 'answered');
  use.note('embed_a', 'answered');
  use.note('embed_b', 'token_expired');
  await use.tell();
  use.note('embed_a', 'answered');
  await use.tell();
  await use.stop();
  expect(record.mock.calls.map(([counts]) => counts)).toEqual([
    [
      { kid: 'embed_a', outcome: 'answered', count: 2 },
      { kid: 'embed_b', outcome: 'token_expired', count: 1 },
    ],
    [
      { kid: 'embed_a', outcome: 'answered', count: 3 },
      { kid: 'embed_b', outcome: 'token_expired', count: 1 },
    ],
  ]);
});
