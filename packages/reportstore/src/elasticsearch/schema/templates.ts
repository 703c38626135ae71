import type { estypes } from '@elastic/elasticsearch';
import type { Address } from '../address.ts';
import { SCHEME_VERSION } from './history.ts';
import { type IndexKind, MAPPINGS, MOST_NESTED } from './mappings.ts';
import { indexNames, type Names } from './names.ts';

/** The names and the settings of one installation. */
export type Scheme = { names: Names; address: Address };

export const createScheme = (address: Address): Scheme => ({ names: indexNames(address.prefix), address });

export const KINDS = Object.keys(MAPPINGS) as IndexKind[];

/** Kinds of which there is one index, made when the store is prepared. */
export const FIXED_KINDS = ['months', 'builds'] as const satisfies readonly IndexKind[];

export const isFixed = (kind: IndexKind): boolean => (FIXED_KINDS as readonly IndexKind[]).includes(kind);

export const templateName = ({ prefix }: Names, kind: IndexKind): string => `${prefix}${kind}`;

/** The pattern of all indices of a kind. */
export function indexPattern({ prefix }: Names, kind: IndexKind): string {
  return isFixed(kind) ? `${prefix}${kind}` : `${prefix}${kind}-*`;
}

/** Above templates of others that mean all indices. */
const PRIORITY = 500;

function indexSettings(
  kind: IndexKind,
  { shards, replicas, refresh }: Address,
): estypes.IndicesIndexSettings {
  return {
    number_of_shards: shards,
    ...(replicas === null ? { auto_expand_replicas: '0-1' } : { number_of_replicas: replicas }),
    refresh_interval: refresh,
    ...(kind === 'open' || kind === 'facts' ? { mapping: { nested_objects: { limit: MOST_NESTED } } } : {}),
    // A question is of one site, dimension and some days: what it reads lies together.
    ...(kind === 'rollups' ? { sort: { field: ['site', 'dimension', 'day'] } } : {}),
  };
}

/** The index template of a kind. */
export function templateBody(
  kind: IndexKind,
  { names, address }: Scheme,
): estypes.IndicesPutIndexTemplateRequest {
  const meta = { footfall: SCHEME_VERSION };
  return {
    name: templateName(names, kind),
    index_patterns: [indexPattern(names, kind)],
    priority: PRIORITY,
    _meta: meta,
    template: {
      settings: indexSettings(kind, address),
      mappings: { ...MAPPINGS[kind], _meta: meta },
      ...(isFixed(kind) ? {} : { aliases: { [`${names.prefix}${kind}`]: {} } }),
    },
  };
}
