import { REJECTIONS } from '@footfall/core/rejection';
import { objectSchema, type Schema } from './json-schema.ts';

/** Answers about a site, and the parameters of their addresses. */

const COUNT: Schema = { type: 'integer', minimum: 0 };

export const siteSchemas: Readonly<Record<string, Schema>> = {
  Realtime: objectSchema({ visitors: { ...COUNT, description: 'Visitors of the last 5 minutes' } }),
  RejectedCounts: objectSchema(
    Object.fromEntries(
      Object.entries(REJECTIONS).map(([reason, description]) => [reason, { ...COUNT, description }]),
    ),
    Object.keys(REJECTIONS),
  ),
  Ledger: {
    ...objectSchema(
      {
        received: COUNT,
        stored: COUNT,
        duplicate: COUNT,
        rejected: { $ref: '#/components/schemas/RejectedCounts' },
        pending: { ...COUNT, description: 'On their way' },
        bots: { ...COUNT, description: 'Part of stored' },
        removed: {
          ...COUNT,
          description: 'Part of stored: taken out again by remove-events; absent when nothing was',
        },
      },
      ['removed'],
    ),
    description: 'received = stored + duplicate + sum of rejected + pending, at every moment',
  },
};

const parameter = (name: string, description: string, schema: Schema, required: boolean) => ({
  name,
  in: 'query',
  required,
  description,
  schema,
});

const DAY: Schema = { type: 'string', format: 'date' };

export const SITE_ID = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Id, site key or domain of the site',
  schema: { type: 'string' },
};

/** Local days, both inclusive. */
export const dayParameters = (required: boolean) => [
  parameter('from', 'First local day', DAY, required),
  parameter('to', 'Last local day, inclusive', DAY, required),
];

export const FORMAT = parameter(
  'format',
  'csv with a row of names, one JSON object a line, or a Parquet file',
  { $ref: '#/components/schemas/ExportFormat' },
  false,
);
