import { answerQueries } from '#api/query.ts';
import { refuseMethods } from '#api/respond.ts';

export const POST = answerQueries('/api/v1/query', 'footfall');

const refuse = refuseMethods('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
