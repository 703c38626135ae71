import { answerFlow, parseFlow } from '@footfall/core/query/flow';
import { answerBehaviours } from '#api/behaviour.ts';
import { refuseMethods } from '#api/respond.ts';

export const POST = answerBehaviours('/api/v1/flow', { parse: parseFlow, answer: answerFlow });

const refuse = refuseMethods('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
