import type { BehaviourContext } from '@footfall/core/query/behaviour';
import type { QuerySite } from '@footfall/core/query/query';
import type { GuardedApiAddress } from '#access/api-routes.ts';
import { behaviourContext } from '#reports/behaviour.ts';
import { readJson } from './body.ts';
import { taggedAnswer } from './entity-tag.ts';
import { requireFlag } from './flag.ts';
import { guardedRoute } from './guarded-route.ts';
import { readSiteId, requireSite } from './site.ts';

/** A kind of question about what visitors did one after the other: how it is read, and how it is answered. */
type Kind<Question> = {
  parse: (body: unknown, context: { site: QuerySite; now: number }) => Question;
  answer: (question: Question, context: BehaviourContext) => Promise<{ meta: { data_through: string } }>;
};

/** Handler of one kind of question at an address. */
export const answerBehaviours = <Question>(address: GuardedApiAddress, { parse, answer }: Kind<Question>) =>
  guardedRoute(address, async (caller, request: Request) => {
    await requireFlag('behaviourQueries', caller);
    const body = await readJson(request);
    const context = await behaviourContext(await requireSite(caller, readSiteId(body)), caller.who);
    return taggedAnswer(request, await answer(parse(body, context), context));
  });
