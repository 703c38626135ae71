import { answerFunnel, parseFunnel } from '@footfall/core/query/funnel';
import { answerBehaviours } from '#api/behaviour.ts';
import { refuseMethods } from '#api/respond.ts';

export const POST = answerBehaviours('/api/v1/funnel', { parse: parseFunnel, answer: answerFunnel });

const refuse = refuseMethods('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
