import type { LabelStyle } from '@footfall/core/query/bucket';
import { answer } from '#reports/answer.ts';
import { askContext } from '#reports/ask.ts';
import { readJson } from './body.ts';
import { callerOf } from './caller.ts';
import { handler, json } from './respond.ts';
import { siteOf } from './site.ts';

const siteIdOf = (body: unknown): unknown => (body as { site_id?: unknown } | null)?.site_id;

/** `POST /api/v1/query` and its twin at v2, which differ in how they write hours. */
export const answerQueries = (labels: LabelStyle) =>
  handler(async (request: Request): Promise<Response> => {
    const tenant = await callerOf(request);
    const body = await readJson(request);
    const site = await siteOf(tenant, siteIdOf(body));
    return json(await answer(body, await askContext(site, labels)));
  });
