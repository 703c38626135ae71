import type { Client, estypes } from '@elastic/elasticsearch';
import type { Provision } from '@footfall/adapter/provision';
import { reportStoreFailure } from '../../errors.ts';
import { type Address, parseAddress } from '../address.ts';
import { connect } from '../client.ts';
import { errorType, reporting } from '../failing.ts';
import { SCHEME_VERSION } from './history.ts';
import { type IndexKind, MAPPINGS } from './mappings.ts';
import { missingFields } from './missing-fields.ts';
import {
  createScheme,
  FIXED_KINDS,
  indexPattern,
  KINDS,
  type Scheme,
  templateBody,
  templateName,
} from './templates.ts';

/** What Elasticsearch must at least be. */
const LEAST_MAJOR = 9;

const listFields = (missing: readonly string[]): string =>
  `${missing.length === 1 ? 'field' : 'fields'} ${missing.join(', ')}`;

/** The version that something of ours was made by; 0 when it does not say. */
const versionIn = (meta: Record<string, unknown> | undefined): number => Number(meta?.footfall ?? 0);

/** What something of ours says of itself: the version that made it, and which fields of a kind it lacks. */
type State = { version: number; missing: readonly string[] };

const readState = (
  kind: IndexKind,
  mappings: estypes.MappingTypeMapping | undefined,
  version: number,
): State => ({
  version,
  missing: missingFields(MAPPINGS[kind].properties ?? {}, mappings?.properties ?? {}),
});

const isOfToday = ({ version, missing }: State): boolean =>
  version === SCHEME_VERSION && missing.length === 0;

/** The state of a kind's template; null when there is none. */
async function templateState(client: Client, { names }: Scheme, kind: IndexKind): Promise<State | null> {
  const name = templateName(names, kind);
  const found = await client.indices.getIndexTemplate({ name }, { ignore: [404] });
  const template = found.index_templates?.find((one) => one.name === name)?.index_template;
  return template === undefined
    ? null
    : readState(kind, template.template?.mappings, versionIn(template._meta));
}

/** The states of all indices of a kind. */
async function indexStates(client: Client, { names }: Scheme, kind: IndexKind): Promise<Map<string, State>> {
  const found = await client.indices.getMapping(
    { index: indexPattern(names, kind), allow_no_indices: true },
    { ignore: [404] },
  );
  if ('error' in found) return new Map();
  return new Map(
    Object.entries(found).map(([index, { mappings }]) => [
      index,
      readState(kind, mappings, versionIn(mappings._meta)),
    ]),
  );
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

const describeUpgrade = ({ version, missing }: State): string =>
  version === SCHEME_VERSION ? `got ${listFields(missing)}` : `upgraded from version ${version}`;

async function prepareTemplate(client: Client, scheme: Scheme, kind: IndexKind): Promise<string[]> {
  const name = templateName(scheme.names, kind);
  const before = await templateState(client, scheme, kind);
  refuseNewer(`template ${name}`, before?.version ?? 0);
  // Also when it is of this version: shards, copies and refreshing of new indices follow the URL.
  await client.indices.putIndexTemplate(templateBody(kind, scheme));
  if (before === null) return [`template ${name} made`];
  return isOfToday(before) ? [] : [`template ${name} ${describeUpgrade(before)}`];
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
    if (errorType(cause) === 'resource_already_exists_exception') return [];
    throw cause;
  }
}

async function upgradeIndices(client: Client, scheme: Scheme, kind: IndexKind): Promise<string[]> {
  const done: string[] = [];
  for (const [index, state] of await indexStates(client, scheme, kind)) {
    refuseNewer(`index ${index}`, state.version);
    if (isOfToday(state)) continue;
    const { mappings } = templateBody(kind, scheme).template ?? {};
    const { properties, _meta } = mappings ?? {};
    await client.indices.putMapping({
      index,
      ...(properties === undefined ? {} : { properties }),
      ...(_meta === undefined ? {} : { _meta }),
    });
    done.push(`index ${index} ${describeUpgrade(state)}`);
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

function listFaults(what: string, state: State | null): string[] {
  if (state === null) return [`${what} is missing`];
  if (state.version !== SCHEME_VERSION)
    return [`${what} is of version ${state.version}, not ${SCHEME_VERSION}`];
  return state.missing.length === 0 ? [] : [`${what} lacks ${listFields(state.missing)}`];
}

async function check(client: Client, scheme: Scheme): Promise<string[]> {
  const wrong: string[] = [];
  for (const kind of KINDS) {
    const template = await templateState(client, scheme, kind);
    wrong.push(...listFaults(`template ${templateName(scheme.names, kind)}`, template));
    const indices = await indexStates(client, scheme, kind);
    if (isFixedKind(kind) && !indices.has(scheme.names[kind]))
      wrong.push(`index ${scheme.names[kind]} is missing`);
    for (const [index, state] of indices) wrong.push(...listFaults(`index ${index}`, state));
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
    return withClient(address, (client) => prepare(client, createScheme(address)));
  },
  check: async (url) => {
    const address = parseAddress(url);
    return withClient(address, (client) => check(client, createScheme(address)));
  },
};
