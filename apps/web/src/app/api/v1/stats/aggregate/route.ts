import { answerStats, PLAIN_FAILURE } from '#api/plausible/answer-stats.ts';
import { readAggregate } from '#api/plausible/stats.ts';
import { refuseMethods } from '#api/respond.ts';

export const GET = answerStats('/api/v1/stats/aggregate', readAggregate);

const refuse = refuseMethods('GET', PLAIN_FAILURE);

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
