import { answerEmbeds, answerPreflight } from '#api/embed/answer-embed.ts';
import { refuseMethods } from '#api/respond.ts';

export const POST = answerEmbeds('/api/embed/query');

export { answerPreflight as OPTIONS };

const refuse = refuseMethods('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
