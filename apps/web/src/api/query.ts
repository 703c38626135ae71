import type { LabelStyle } from '@footfall/core/query/label-style';
import type { GuardedApiAddress } from '#access/api-routes.ts';
import { answer } from '#reports/answer.ts';
import { askContext } from '#reports/ask.ts';
import { readJson } from './body.ts';
import { taggedAnswer } from './entity-tag.ts';
import { guardedRoute } from './guarded-route.ts';
import { readSiteId, requireSite } from './site.ts';

/** `POST /api/v1/query` and its twin at v2, which differ in how they write hours. */
export const answerQueries = (address: GuardedApiAddress, labels: LabelStyle) =>
  guardedRoute(address, async (caller, request) => {
    const body = await readJson(request);
    const site = await requireSite(caller, readSiteId(body));
    return taggedAnswer(request, await answer(body, await askContext(site, caller.who, labels)));
  });
