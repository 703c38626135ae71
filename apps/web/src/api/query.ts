import type { LabelStyle } from '@footfall/core/query/bucket';
import { answer } from '#reports/answer.ts';
import { askContext } from '#reports/ask.ts';
import { readJson } from './body.ts';
import { taggedAnswer } from './entity-tag.ts';
import { siteIdOf, siteOf } from './site.ts';
import { tenantHandler } from './tenant-handler.ts';

/** `POST /api/v1/query` and its twin at v2, which differ in how they write hours. */
export const answerQueries = (labels: LabelStyle) =>
  tenantHandler(async (tenant, request) => {
    const body = await readJson(request);
    const site = await siteOf(tenant, siteIdOf(body));
    return taggedAnswer(request, await answer(body, await askContext(site, labels)));
  });
