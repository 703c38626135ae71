import { answerRetention, parseRetention } from '@footfall/core/query/retention';
import { answerBehaviours } from '#api/behaviour.ts';
import { refuseMethods } from '#api/respond.ts';

export const POST = answerBehaviours('/api/v1/retention', { parse: parseRetention, answer: answerRetention });

const refuse = refuseMethods('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
