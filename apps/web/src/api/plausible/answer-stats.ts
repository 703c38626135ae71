import type { GuardedApiAddress } from '#access/api-routes.ts';
import { answer } from '#reports/answer.ts';
import { askContext } from '#reports/ask.ts';
import { taggedAnswer } from '../entity-tag.ts';
import { guardedRoute } from '../guarded-route.ts';
import type { FailureShape } from '../respond.ts';
import { requireSite } from '../site.ts';
import type { ReadStats } from './stats.ts';

/** Failures as clients of Plausible's Stats API v1 read them. */
export const PLAIN_FAILURE: FailureShape = ({ message }) => ({ error: message });

/** The handler of one address of Plausible's Stats API v1: a query like every other, asked and answered in their words. */
export const answerStats = (address: GuardedApiAddress, readStats: ReadStats) =>
  guardedRoute(
    address,
    async (caller, request: Request) => {
      const { searchParams } = new URL(request.url);
      const site = await requireSite(caller, searchParams.get('site_id'));
      const context = await askContext(site, caller.who, 'plausible');
      const { query, present } = readStats(searchParams, context);
      return taggedAnswer(request, await answer(query, context), present);
    },
    PLAIN_FAILURE,
  );
