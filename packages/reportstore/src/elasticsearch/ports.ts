import type { Client } from '@elastic/elasticsearch';
import type { Months } from './months/months.ts';
import type { History } from './schema/history.ts';
import type { Indices } from './schema/indices.ts';
import type { Names } from './schema/names.ts';

/** What the parts of one store share. */
export type Ports = {
  client: Client;
  names: Names;
  indices: Indices;
  months: Months;
  history: History;
  /** Epoch milliseconds. */
  now: () => number;
  /** How long a sealer that is not heard of keeps others away from its month, milliseconds. */
  sealerMs: number;
};
