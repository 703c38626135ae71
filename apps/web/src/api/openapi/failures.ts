import { QUERY_FAILURES } from '@footfall/core/query/errors';
import { EMBED_FAILURES } from '@footfall/embed/token/errors';
import { API_FAILURES } from '#api/errors.ts';
import { choiceSchema, objectSchema, ref, type Schema } from './json-schema.ts';

/** What can go wrong with a request, as data: statuses come from the tables of the code, meanings from here. */

/** Failures of other rooms that a question may meet. */
const OTHER_FAILURES = {
  filter_too_complex: { status: 400 },
  invalid_domain: { status: 400 },
  invalid_timezone: { status: 400 },
  unknown_currency: { status: 400 },
  invalid_name: { status: 400 },
  invalid_goal: { status: 400 },
  invalid_retention: { status: 400 },
  invalid_funnel: { status: 400 },
  invalid_segment: { status: 400 },
  too_many_wildcards: { status: 400 },
  goal_name_taken: { status: 409 },
  name_taken: { status: 409 },
  too_many: { status: 409 },
  plan_limit: { status: 402 },
  too_many_of_network: { status: 429 },
  too_many_rows: { status: 400 },
  too_many_questions: { status: 429 },
  query_timeout: { status: 503 },
  report_store_unavailable: { status: 503 },
  unavailable: { status: 503 },
  internal: { status: 500 },
} as const;

const FAILURES = { ...QUERY_FAILURES, ...API_FAILURES, ...EMBED_FAILURES, ...OTHER_FAILURES };

export type FailureCode = keyof typeof FAILURES;

export const FAILURE_MEANINGS: Readonly<Record<FailureCode, string>> = {
  invalid_query: 'The question is not a JSON object, or a flag of it is neither true nor false',
  unknown_field: 'The question has a field that does not exist; the message lists those that do',
  invalid_metrics: 'A metric is unknown, asked for twice, or needs a goal',
  invalid_date_range: 'The range is missing, unknown, or ends before it begins',
  invalid_dimensions: 'A dimension is unknown, asked for twice, or one too many',
  invalid_filter: 'A filter has an unknown operator or dimension, or the wrong shape',
  invalid_order_by: 'An order is not [name, "asc" or "desc"], or of what the query does not have',
  invalid_include: 'Something cannot be included, or a comparison makes no sense',
  invalid_pagination: 'limit, offset or cursor is out of bounds or of another query',
  invalid_steps: 'A funnel has too few or too many steps, or one that is not a goal, event or page',
  invalid_period: 'The period of a retention is neither day, week nor month',
  invalid_page: 'The page of a flow is not a path or pattern',
  too_many_buckets: 'Hours of too many days, or too many periods; ask for longer ones',
  unauthorized: 'There is no API key, or it is unknown, was revoked or has ended',
  payment_required:
    'The tenant’s reports are locked, or its plan does not include this; an owner sees why at /billing',
  forbidden:
    'The key has not the scope that this needs, or is limited to other sites, or the id or key is of another tenant’s site',
  wrong_origin:
    'A session of the portal is used from elsewhere, or an embed token on a page that its key does not name',
  unknown_site: 'There is no such site, or the domain is not one of yours',
  unknown_goal: 'The site has no such goal',
  unknown_funnel: 'The site has no such funnel',
  unknown_segment: 'The site has no such segment',
  not_found: 'There is nothing at this address',
  method_not_allowed: 'The address exists, the method does not; Allow names the right one',
  invalid_json: 'The body is not valid JSON',
  invalid_site_id: 'site_id is missing or no text',
  invalid_parameter: 'A parameter of the address is missing or makes no sense',
  body_too_large: 'The question has more than 64 KiB',
  rate_limited: 'The key has asked all the questions of its plan; Retry-After says when the next are there',
  filter_too_complex: 'The filter combines too many has_done and has_not_done with other conditions',
  invalid_domain: 'This is not a domain',
  invalid_timezone: 'This is not the name of a time zone, such as Europe/Berlin',
  unknown_currency: 'This is not an ISO 4217 currency',
  invalid_name: 'A name is empty, too long or not printable',
  invalid_retention: 'Events are kept for more months than the plan allows',
  invalid_funnel: 'A funnel has too few or too many steps, or one that makes no sense',
  invalid_segment: 'A segment has no filter, or one that makes no sense or compares a metric',
  invalid_goal: 'What reaches the goal is empty, too long or not as documented',
  too_many_wildcards: 'The pattern of a page has too many wildcards',
  goal_name_taken: 'Another goal of the site has this name',
  name_taken: 'Another funnel or segment of the site has just got this name',
  too_many:
    'The tenant has as many sites as it may, or the site as many goals, funnels or segments; remove one first',
  plan_limit: 'The tenant’s plan has room for no more sites; choose a larger one, or remove a site',
  too_many_of_network:
    'Too many API keys that are not known came from your network; Retry-After says when to come again',
  too_many_rows: 'The answer would be made of too many rows; ask for fewer days or dimensions, or filter',
  too_many_questions: 'The tenant has too many questions waiting at once; try again after Retry-After',
  query_timeout: 'The answer took too long; ask for less, or try again after Retry-After',
  report_store_unavailable: 'The reports cannot be read right now; try again after Retry-After',
  unavailable: 'The database does not answer right now; try again after Retry-After',
  token_missing: 'There is no embed token in the header Authorization',
  token_malformed:
    'The embed token is not three parts of base64url and JSON, or longer than 8,192 characters',
  token_algorithm: 'The embed token is not signed with HS256',
  token_type: 'The header of the embed token does not have typ embed+jwt',
  token_key_unknown: 'The embed token names no key, or one that is unknown or was revoked',
  token_signature: 'The embed token was signed with another secret than that of its key',
  token_audience: 'The claim aud of the embed token is not footfall',
  token_expired: 'The embed token has ended',
  token_not_yet_valid: 'The embed token begins in the future',
  token_too_long_lived: 'The embed token ends more than 600 s after it was issued',
  token_claims: 'A claim of the embed token is missing, unknown or of the wrong shape; the message names it',
  site_not_in_token: 'The embed token or its key does not show the site',
  report_not_in_token: 'No report of the embed token answers all that is asked',
  report_not_allowed: 'The report is in the embed token, and its key or the plan does not allow it',
  internal: 'Our mistake; the message has a number under which the operator finds it',
};

export const FAILURE_CODES = Object.keys(FAILURES) as FailureCode[];

/** Codes by the HTTP status that they come with, ascending. */
export const CODES_BY_STATUS: ReadonlyMap<number, readonly FailureCode[]> = new Map(
  [...Map.groupBy(FAILURE_CODES, (code) => FAILURES[code].status)].sort(([one], [other]) => one - other),
);

const schemaName = (status: number) => `Failure${status}`;

export const failureSchemas: Readonly<Record<string, Schema>> = Object.fromEntries(
  [...CODES_BY_STATUS].map(([status, codes]) => [
    schemaName(status),
    objectSchema({
      error: objectSchema(
        {
          code: choiceSchema(Object.fromEntries(codes.map((code) => [code, FAILURE_MEANINGS[code]]))),
          message: { type: 'string', description: 'What is wrong and what is possible, for people' },
          path: { type: 'string', description: 'Where, such as filters[0][1]' },
        },
        ['path'],
      ),
    }),
  ]),
);

const RETRY_AFTER = { description: 'Seconds to wait', schema: { type: 'integer' } };

const WORDS: Readonly<Record<number, string>> = {
  400: 'The question is wrong; path says where',
  401: 'No key, or none that is known',
  402: 'Not with this plan, or not until it is paid',
  403: 'Not with this key',
  404: 'No such site',
  405: 'Not with this method',
  409: 'Not beside what there is',
  413: 'Too large',
  429: 'Too many questions in this hour, or at once',
  500: 'Our mistake',
  503: 'Not now: ask the same again',
};

/** Responses of an operation that may end with these statuses; `schema` is of failures, where it is not the status's own. */
export function failureResponses(
  statuses: readonly number[],
  schema?: string,
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: WORDS[status],
        ...(status === 429 || status === 503 ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
        content: { 'application/json': { schema: ref(schema ?? schemaName(status)) } },
      },
    ]),
  );
}
