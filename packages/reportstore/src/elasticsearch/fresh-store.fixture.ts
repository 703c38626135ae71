import { randomBytes } from 'node:crypto';
import { Client } from '@elastic/elasticsearch';
import type { ReportStore } from '../report-store.ts';
import { type Inner, openElasticsearchReportStore } from './elasticsearch-report-store.ts';
import { indexNames } from './schema/names.ts';
import { ELASTICSEARCH_REPORT_STORE } from './schema/provision.ts';
import { indexPattern, KINDS, templateName } from './schema/templates.ts';

export type FreshStore = {
  url: string;
  prefix: string;
  open: (inner?: Inner) => ReportStore;
  drop: () => Promise<void>;
};

/** A URL of indices of its own on an engine; nothing is made yet. */
export function freshUrl(engine: string): { url: string; prefix: string } {
  const prefix = `test-${randomBytes(5).toString('hex')}-`;
  return { prefix, url: `${engine.replace(/\/$/, '')}/?prefix=${prefix}&replicas=0` };
}

/** Removes whatever begins with a prefix. */
export async function dropAll(engine: string, prefix: string): Promise<void> {
  const client = new Client({ node: engine });
  const names = indexNames(prefix);
  for (const kind of KINDS) {
    const pattern = indexPattern(names, kind);
    const indices = Object.keys(
      await client.indices.get({ index: pattern, allow_no_indices: true }, { ignore: [404] }),
    );
    for (const index of indices.filter((one) => one.startsWith(prefix)))
      await client.indices.delete({ index });
    await client.indices.deleteIndexTemplate({ name: templateName(names, kind) }, { ignore: [404] });
  }
  await client.close();
}

/** A prepared store with indices of its own. */
export async function freshStore(engine: string): Promise<FreshStore> {
  const { url, prefix } = freshUrl(engine);
  await ELASTICSEARCH_REPORT_STORE.prepare(url);
  return {
    url,
    prefix,
    open: (inner) => openElasticsearchReportStore(url, { name: 'test', filesDir: '' }, inner),
    drop: () => dropAll(engine, prefix),
  };
}
