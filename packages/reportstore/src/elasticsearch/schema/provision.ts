import type { Client } from '@elastic/elasticsearch';
import type { Provision } from '@footfall/core/adapter';
import { reportStoreFailure } from '../../errors.ts';
import { type Address, parseAddress } from '../address.ts';
import { connect } from '../client.ts';
import { reporting, typeOf } from '../failing.ts';
import { SCHEME_VERSION } from './history.ts';
import type { IndexKind } from './mappings.ts';
import {
  FIXED_KINDS,
  KINDS,
  patternOf,
  type Scheme,
  schemeOf,
  templateBody,
  templateOf,
} from './templates.ts';

/** What Elasticsearch must at least be. */
const LEAST_MAJOR = 9;

/** The version that something of ours was made by; 0 when it does not say. */
const versionIn = (meta: Record<string, unknown> | undefined): number => Number(meta?.footfall ?? 0);

/** The version of a kind's template; null when there is none. */
async function templateVersion(client: Client, { names }: Scheme, kind: IndexKind): Promise<number | null> {
  const name = templateOf(names, kind);
  const found = await client.indices.getIndexTemplate({ name }, { ignore: [404] });
  const template = found.index_templates?.find((one) => one.name === name);
  return template === undefined ? null : versionIn(template.index_template._meta);
}

/** The versions of all indices of a kind. */
async function indexVersions(
  client: Client,
  { names }: Scheme,
  kind: IndexKind,
): Promise<Map<string, number>> {
  const found = await client.indices.getMapping(
    { index: patternOf(names, kind), allow_no_indices: true },
    { ignore: [404] },
  );
  if ('error' in found) return new Map();
  return new Map(Object.entries(found).map(([index, { mappings }]) => [index, versionIn(mappings._meta)]));
}

const isFixedKind = (kind: IndexKind): kind is (typeof FIXED_KINDS)[number] =>
  (FIXED_KINDS as readonly IndexKind[]).includes(kind);

function refuseNewer(what: string, version: number): void {
  if (version > SCHEME_VERSION)
    throw reportStoreFailure(
      'report_store_newer',
      `${what} is of version ${version}; this program knows ${SCHEME_VERSION}`,
    );
}

async function prepareTemplate(client: Client, scheme: Scheme, kind: IndexKind): Promise<string[]> {
  const name = templateOf(scheme.names, kind);
  const before = await templateVersion(client, scheme, kind);
  refuseNewer(`template ${name}`, before ?? 0);
  // Also when it is of this version: shards, copies and refreshing of new indices follow the URL.
  await client.indices.putIndexTemplate(templateBody(kind, scheme));
  if (before === SCHEME_VERSION) return [];
  return [before === null ? `template ${name} made` : `template ${name} upgraded from version ${before}`];
}

async function prepareFixed(client: Client, { names }: Scheme, kind: IndexKind): Promise<string[]> {
  if (!isFixedKind(kind)) return [];
  const index = names[kind];
  if (await client.indices.exists({ index })) return [];
  try {
    await client.indices.create({ index });
    return [`index ${index} made`];
  } catch (cause) {
    // Somebody else was faster.
    if (typeOf(cause) === 'resource_already_exists_exception') return [];
    throw cause;
  }
}

async function upgradeIndices(client: Client, scheme: Scheme, kind: IndexKind): Promise<string[]> {
  const done: string[] = [];
  for (const [index, version] of await indexVersions(client, scheme, kind)) {
    refuseNewer(`index ${index}`, version);
    if (version === SCHEME_VERSION) continue;
    const { mappings } = templateBody(kind, scheme).template ?? {};
    const { properties, _meta } = mappings ?? {};
    await client.indices.putMapping({
      index,
      ...(properties === undefined ? {} : { properties }),
      ...(_meta === undefined ? {} : { _meta }),
    });
    done.push(`index ${index} upgraded from version ${version}`);
  }
  return done;
}

async function refuseOld(client: Client): Promise<void> {
  const { version } = await client.info();
  if (Number.parseInt(version.number, 10) < LEAST_MAJOR)
    throw reportStoreFailure(
      'unknown_report_store',
      `Elasticsearch is ${version.number}; ${LEAST_MAJOR} is the oldest that will do`,
    );
}

async function prepare(client: Client, scheme: Scheme): Promise<string[]> {
  await refuseOld(client);
  const done: string[] = [];
  for (const kind of KINDS) {
    done.push(...(await prepareTemplate(client, scheme, kind)));
    done.push(...(await prepareFixed(client, scheme, kind)));
    done.push(...(await upgradeIndices(client, scheme, kind)));
  }
  return done;
}

const saidOf = (what: string, version: number | null): string[] => {
  if (version === SCHEME_VERSION) return [];
  return [
    version === null ? `${what} is missing` : `${what} is of version ${version}, not ${SCHEME_VERSION}`,
  ];
};

async function check(client: Client, scheme: Scheme): Promise<string[]> {
  const wrong: string[] = [];
  for (const kind of KINDS) {
    const template = await templateVersion(client, scheme, kind);
    wrong.push(...saidOf(`template ${templateOf(scheme.names, kind)}`, template));
    const indices = await indexVersions(client, scheme, kind);
    if (isFixedKind(kind) && !indices.has(scheme.names[kind]))
      wrong.push(`index ${scheme.names[kind]} is missing`);
    for (const [index, version] of indices) wrong.push(...saidOf(`index ${index}`, version));
  }
  return wrong;
}

async function withClient<T>(address: Address, use: (client: Client) => Promise<T>): Promise<T> {
  const client = connect(address, 'provision');
  try {
    return await reporting(use(client));
  } finally {
    await client.close();
  }
}

/** The index templates of the report store, and the indices that are there from the beginning. */
export const ELASTICSEARCH_REPORT_STORE: Provision = {
  by: 'operator',
  prepare: async (url) => {
    const address = parseAddress(url);
    return withClient(address, (client) => prepare(client, schemeOf(address)));
  },
  check: async (url) => {
    const address = parseAddress(url);
    return withClient(address, (client) => check(client, schemeOf(address)));
  },
};
