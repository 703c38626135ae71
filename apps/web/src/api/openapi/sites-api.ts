import { z } from 'zod';
import { SITES_API_SCHEMAS } from '#api/sites/schemas.ts';
import { failureResponses } from './failures.ts';
import { ref, type Schema } from './json-schema.ts';
import { SITE_ID } from './sites.ts';

/** The Sites API, from the schemas that validate it. */

type SchemaName = keyof typeof SITES_API_SCHEMAS;

const NAMES = new Map<unknown, string>(
  Object.entries(SITES_API_SCHEMAS).map(([name, schema]) => [schema, name]),
);

/** Writes what has a name of its own by that name, within another schema. */
const referTo =
  (root: unknown) =>
  ({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: Record<string, unknown> }) => {
    const name = zodSchema === root ? undefined : NAMES.get(zodSchema);
    if (name === undefined) return;
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
    Object.assign(jsonSchema, ref(name));
  };

export const sitesApiSchemas: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries(SITES_API_SCHEMAS).map(([name, schema]) => {
    const { $schema: _, ...written } = z.toJSONSchema(schema, { override: referTo(schema) });
    return [name, written as Schema];
  }),
);

const parameter = (name: string, description: string, more: Schema = {}) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema: { type: 'string' },
  ...more,
});

const PAGE = [
  parameter('after', 'meta.after of the page before'),
  parameter('before', 'meta.before of the page after'),
  parameter('limit', 'Rows of a page', {
    schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  }),
];
const OF_SITE = parameter('site_id', 'Id, site key or domain of the site', { required: true });
const GOAL_ID = { ...SITE_ID, name: 'goal', description: 'Id of the goal' };

type Operation = {
  id: string;
  summary: string;
  parameters?: readonly Schema[];
  body?: SchemaName;
  /** Its body is JSON alone: a form has no lists. */
  isJson?: boolean;
  answer: SchemaName;
};

type Answered = (description: string, schema: string) => Readonly<Record<string, Schema>>;

const TYPES = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];

type MakeOperation = (operation: Operation) => Schema;

/** Writes an operation; `answered` makes the response that every address has. */
const operationWith =
  (answered: Answered): MakeOperation =>
  ({ id, summary, parameters = [], body, isJson = false, answer }) => ({
    operationId: id,
    summary: `${summary} (scope sites)`,
    parameters,
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: body !== 'GoalReference',
            content: Object.fromEntries(
              (isJson ? TYPES.slice(0, 1) : TYPES).map((type) => [type, { schema: ref(body) }]),
            ),
          },
        }),
    responses: {
      ...answered('The answer', answer),
      ...failureResponses([400, 401, 402, 403, 404, 409, 413, 429, 500, 503]),
    },
  });

function pathsOfSites(operation: MakeOperation) {
  return {
    '/api/v1/sites': {
      get: operation({ id: 'listSites', summary: 'Sites by domain', parameters: PAGE, answer: 'SitePage' }),
      post: operation({
        id: 'createSite',
        summary: 'Makes a site, or answers the one of this domain as it is',
        body: 'NewSite',
        answer: 'CreatedSite',
      }),
    },
    '/api/v1/sites/{id}': {
      get: operation({ id: 'readSite', summary: 'A site', parameters: [SITE_ID], answer: 'ManagedSite' }),
      put: operation({
        id: 'changeSite',
        summary: 'Changes what is given of a site',
        parameters: [SITE_ID],
        body: 'SiteChange',
        answer: 'ManagedSite',
      }),
      delete: operation({
        id: 'deleteSite',
        summary:
          'Takes a site away at once; for a week it can be brought back in the portal, then all of it is deleted',
        parameters: [SITE_ID],
        answer: 'Deleted',
      }),
    },
  };
}

function pathsOfGoals(operation: MakeOperation) {
  return {
    '/api/v1/sites/goals': {
      get: operation({
        id: 'listGoals',
        summary: 'Goals of a site by name',
        parameters: [OF_SITE, ...PAGE],
        answer: 'GoalPage',
      }),
      put: operation({
        id: 'createGoal',
        summary: 'Makes a goal, or answers the one that the same reaches as it is',
        body: 'NewGoal',
        answer: 'CreatedGoal',
      }),
    },
    '/api/v1/sites/goals/{goal}': {
      delete: operation({
        id: 'deleteGoal',
        summary: 'Removes a goal; what reached it stays in the events',
        parameters: [GOAL_ID, { ...OF_SITE, required: false }],
        body: 'GoalReference',
        answer: 'Deleted',
      }),
    },
  };
}

function pathsOfNamed(operation: MakeOperation) {
  return {
    '/api/v1/sites/funnels': {
      get: operation({
        id: 'listFunnels',
        summary: 'Funnels of a site by name',
        parameters: [OF_SITE, ...PAGE],
        answer: 'FunnelPage',
      }),
      put: operation({
        id: 'putFunnel',
        summary: 'Keeps a funnel, or gives the one of this name these steps',
        body: 'NewFunnel',
        isJson: true,
        answer: 'CreatedFunnel',
      }),
    },
    '/api/v1/sites/funnels/{funnel}': {
      delete: operation({
        id: 'deleteFunnel',
        summary: 'Forgets a funnel; nothing that was counted depends on it',
        parameters: [
          { ...SITE_ID, name: 'funnel', description: 'Id of the funnel' },
          { ...OF_SITE, required: false },
        ],
        body: 'GoalReference',
        answer: 'Deleted',
      }),
    },
    '/api/v1/sites/segments': {
      get: operation({
        id: 'listSegments',
        summary: 'Segments of a site by name',
        parameters: [OF_SITE, ...PAGE],
        answer: 'SegmentPage',
      }),
      put: operation({
        id: 'putSegment',
        summary: 'Keeps a segment, or gives the one of this name these filters',
        body: 'NewSegment',
        isJson: true,
        answer: 'CreatedSegment',
      }),
    },
    '/api/v1/sites/segments/{segment}': {
      delete: operation({
        id: 'deleteSegment',
        summary: 'Forgets a segment; nothing that was counted depends on it',
        parameters: [
          { ...SITE_ID, name: 'segment', description: 'Id of the segment' },
          { ...OF_SITE, required: false },
        ],
        body: 'GoalReference',
        answer: 'Deleted',
      }),
    },
  };
}

/** Operations by their address; `answered` makes the response that every address has. */
export function sitesApiPaths(answered: Answered) {
  const operation = operationWith(answered);
  return { ...pathsOfSites(operation), ...pathsOfGoals(operation), ...pathsOfNamed(operation) };
}
