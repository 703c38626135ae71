import type { Client } from '@elastic/elasticsearch';
import { reportStoreFailure } from '../../errors.ts';
import { errorType } from '../failing.ts';
import type { IndexKind } from './mappings.ts';
import { isFixed, type Scheme, templateName } from './templates.ts';

/** Sees that dated indices are there before something is written into them: only ours are, with a template's mapping. */
export type Indices = {
  ensure(kind: IndexKind, name: string): Promise<void>;
  /** That an index has gone, or may have. */
  forget(name: string): void;
  /** Makes what was written into indices searchable. */
  refresh(names: readonly string[]): Promise<void>;
};

export function createIndices(client: Client, { names }: Pick<Scheme, 'names'>): Indices {
  const known = new Map<string, Promise<void>>();
  const templates = new Map<IndexKind, Promise<void>>();

  const once = <Key>(map: Map<Key, Promise<void>>, key: Key, make: () => Promise<void>): Promise<void> => {
    const begun = map.get(key) ?? make();
    map.set(key, begun);
    // What failed is tried anew by the next who asks.
    begun.catch(() => map.delete(key));
    return begun;
  };

  const requireTemplate = (kind: IndexKind) =>
    once(templates, kind, async () => {
      const name = templateName(names, kind);
      if (await client.indices.existsIndexTemplate({ name })) return;
      throw reportStoreFailure('report_store_unprepared', `there is no index template ${name}`);
    });

  const create = async (kind: IndexKind, index: string): Promise<void> => {
    await requireTemplate(kind);
    try {
      await client.indices.create({ index });
    } catch (cause) {
      // Somebody else was faster.
      if (errorType(cause) !== 'resource_already_exists_exception') throw cause;
    }
  };

  return {
    ensure: async (kind, index) => {
      if (!isFixed(kind)) await once(known, index, () => create(kind, index));
    },
    forget: (index) => {
      known.delete(index);
    },
    refresh: async (indices) => {
      if (indices.length > 0) await client.indices.refresh({ index: [...indices] });
    },
  };
}
