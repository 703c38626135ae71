import { accountSchemas } from './account.ts';
import { exportSchemas } from './export.ts';
import { failureResponses, failureSchemas } from './failures.ts';
import { ref, type Schema } from './json-schema.ts';
import { nameSchemas } from './names.ts';
import { QUERY_EXAMPLES, querySchemas } from './query.ts';
import { REPORT_EXAMPLES, reportSchemas } from './reports.ts';
import { dayParameters, FORMAT, SITE_ID, siteSchemas } from './sites.ts';
import { sitesApiPaths, sitesApiSchemas } from './sites-api.ts';
import { statsPaths, statsSchemas } from './stats.ts';

/** The description of the API in OpenAPI 3.1, made from the tables that the API itself works with. */

const VERSION = '1';

type Examples = Readonly<Record<string, { summary: string; value: unknown }>>;

const LIMIT_HEADERS = Object.fromEntries(
  Object.entries({
    'RateLimit-Limit': 'Questions an hour of this key',
    'RateLimit-Remaining': 'Questions left',
    'RateLimit-Reset': 'Seconds until all are there again',
  }).map(([name, description]) => [
    name,
    { description: `${description}; absent on plans without a limit`, schema: { type: 'integer' } },
  ]),
);

const jsonContent = (schema: string, examples?: Examples) => ({
  'application/json': { schema: ref(schema), ...(examples === undefined ? {} : { examples }) },
});

const answered = (description: string, schema: string, headers: Schema = {}) => ({
  '200': { description, headers: { ...LIMIT_HEADERS, ...headers }, content: jsonContent(schema) },
});

const POST_FAILURES = [400, 401, 402, 403, 404, 413, 429, 500, 503];
const GET_FAILURES = [400, 401, 402, 403, 404, 429, 500, 503];

const TAG_HEADERS = {
  ETag: { description: 'Of all of the answer but data_through', schema: { type: 'string' } },
  'X-Data-Through': { description: 'As meta.data_through', schema: { type: 'string', format: 'date-time' } },
};

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'ETag of an answer that is known',
  schema: { type: 'string' },
};

type Question = { id: string; summary: string; request: string; answer: string; examples: Examples };

const question = ({ id, summary, request, answer, examples }: Question) => ({
  operationId: id,
  summary,
  parameters: [IF_NONE_MATCH],
  requestBody: { required: true, content: jsonContent(request, examples) },
  responses: {
    ...answered('The answer', answer, TAG_HEADERS),
    '304': { description: 'What is known still stands', headers: { ...LIMIT_HEADERS, ...TAG_HEADERS } },
    ...failureResponses(POST_FAILURES),
  },
});

const queryOperation = (id: string, summary: string) =>
  question({ id, summary, request: 'Query', answer: 'QueryAnswer', examples: QUERY_EXAMPLES });

const paths = {
  '/api/v1/query': { post: queryOperation('query', 'Metrics of a site, by dimensions') },
  '/api/v2/query': {
    post: queryOperation(
      'queryPlausible',
      'The same, with hours, systems and browsers written as Plausible’s Stats API v2 writes them',
    ),
  },
  '/api/v1/funnel': {
    post: question({
      id: 'funnel',
      summary: 'How many visitors of a day went through steps, in this order',
      request: 'FunnelQuery',
      answer: 'FunnelAnswer',
      examples: { funnel: REPORT_EXAMPLES.funnel },
    }),
  },
  '/api/v1/retention': {
    post: question({
      id: 'retention',
      summary: 'How many identified users came back, by the period in which they were first seen',
      request: 'RetentionQuery',
      answer: 'RetentionAnswer',
      examples: { retention: REPORT_EXAMPLES.retention },
    }),
  },
  '/api/v1/flow': {
    post: question({
      id: 'flow',
      summary: 'Which pages were seen directly before and after one, within a visit',
      request: 'FlowQuery',
      answer: 'FlowAnswer',
      examples: { flow: REPORT_EXAMPLES.flow },
    }),
  },
  '/api/embed/query': {
    post: {
      ...queryOperation(
        'embedQuery',
        'The same for whoever has an embed token: its filters hold for every answer, its reports say what can be asked',
      ),
      security: [{ embedToken: [] }],
    },
  },
  '/api/v1/account': {
    get: {
      operationId: 'account',
      summary: 'The plan of the key’s tenant, and what is used of it',
      responses: { ...answered('The plan', 'Account'), ...failureResponses([401, 403, 429, 500, 503]) },
    },
  },
  '/api/v1/sites/{id}/realtime': {
    get: {
      operationId: 'realtime',
      summary: 'Visitors of the last five minutes',
      parameters: [SITE_ID],
      responses: { ...answered('Now', 'Realtime'), ...failureResponses(GET_FAILURES) },
    },
  },
  '/api/v1/sites/{id}/ledger': {
    get: {
      operationId: 'ledger',
      summary: 'What became of every event that was received on some days',
      parameters: [SITE_ID, ...dayParameters(false)],
      responses: { ...answered('The ledger', 'Ledger'), ...failureResponses(GET_FAILURES) },
    },
  },
  '/api/v1/sites/{id}/export': {
    get: {
      operationId: 'export',
      summary: 'All events of some days, as they were received',
      parameters: [SITE_ID, ...dayParameters(true), FORMAT],
      responses: {
        '200': {
          description: 'Events in the order of their days, streamed: a row or a line each',
          headers: LIMIT_HEADERS,
          content: {
            'text/csv': { schema: { type: 'string' } },
            'application/x-ndjson': { schema: ref('ExportedEvent') },
            'application/vnd.apache.parquet': { schema: { type: 'string', format: 'binary' } },
          },
        },
        ...failureResponses(GET_FAILURES),
      },
    },
  },
  ...sitesApiPaths(answered),
  ...statsPaths(answered),
  '/api/v1/openapi.json': {
    get: {
      operationId: 'openapi',
      summary: 'This document',
      security: [],
      responses: {
        '200': {
          description: 'OpenAPI 3.1',
          content: { 'application/json': { schema: { type: 'object', additionalProperties: true } } },
        },
      },
    },
  },
};

const sharedSchemas: Readonly<Record<string, Schema>> = {
  DataThrough: {
    type: 'string',
    format: 'date-time',
    description: 'Every event that was received before is in the answer',
  },
  LogicVersion: { type: 'string', description: 'Changes when the same events are counted in another way' },
};

/** The document; `serverUrl` is the address of the portal as its users see it. */
export function openApiDocument(serverUrl: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Footfall',
      version: VERSION,
      description:
        'Ask what happened on a site. Queries have the shape of Plausible’s Stats API v2, so its clients work unchanged.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key with the scope stats, or sites where it says so',
        },
        embedToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'A token that the merchant’s server signs for one reader, valid for 10 minutes at most',
        },
      },
      schemas: {
        ...nameSchemas,
        ...querySchemas,
        ...reportSchemas,
        ...siteSchemas,
        ...sitesApiSchemas,
        ...accountSchemas,
        ...statsSchemas,
        ...exportSchemas,
        ...sharedSchemas,
        ...failureSchemas,
      },
    },
  } as const;
}
