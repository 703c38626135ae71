/** A merchant's server, as it uses the public API: nothing here knows how Footfall works inside. */
export type Client = {
  send(
    events: readonly object[],
  ): Promise<{ accepted: number; rejected: { index: number; reason: string }[] }>;
  query(body: object): Promise<QueryAnswer>;
  funnel(body: object): Promise<{ results: { step: number; name: string; visitors: number }[] }>;
  ledger(): Promise<Ledger>;
};

export type QueryAnswer = {
  results: {
    dimensions: string[];
    metrics: (number | string | null)[];
    comparison?: { metrics: (number | string | null)[]; change: (number | null)[] };
  }[];
  meta: Record<string, unknown>;
};

export type Ledger = {
  received: number;
  stored: number;
  duplicate: number;
  rejected: Record<string, number>;
  pending: number;
  bots: number;
};

async function readAnswer<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.status} of ${response.url}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Opens the public API for one site with an API key of both scopes. */
export function clientFor(
  at: { webUrl: string; collectorUrl: string },
  site: { siteId: string; apiKey: string },
): Client {
  const headers = { authorization: `Bearer ${site.apiKey}`, 'content-type': 'application/json' };
  const post = (url: string, body: object) =>
    fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return {
    send: async (events) =>
      readAnswer(await post(`${at.collectorUrl}/v1/events`, { site: site.siteId, events })),
    query: async (body) =>
      readAnswer(await post(`${at.webUrl}/api/v1/query`, { site_id: site.siteId, ...body })),
    funnel: async (body) =>
      readAnswer(await post(`${at.webUrl}/api/v1/funnel`, { site_id: site.siteId, ...body })),
    ledger: async () =>
      readAnswer(await fetch(`${at.webUrl}/api/v1/sites/${site.siteId}/ledger`, { headers })),
  };
}
