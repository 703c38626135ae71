import { answerQueries } from '#api/query.ts';
import { refuseMethods } from '#api/respond.ts';

export const POST = answerQueries('/api/v2/query', 'plausible');

const refuse = refuseMethods('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
