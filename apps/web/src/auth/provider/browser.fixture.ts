import { findAction } from '#access/built-action.fixture.ts';
import type { PortalProcess } from '#access/portal-process.fixture.ts';
import type { ServerActionName } from '#access/server-actions.ts';

/** What a step of a browser came to. */
export type Step = { status: number; to: string | null; said: string };

/** A browser without scripts of its own: it keeps cookies, sends forms as React does, and follows nothing by itself. */
export type Browser = {
  cookies: Map<string, string>;
  get(path: string): Promise<Step>;
  send(name: ServerActionName, fields: Readonly<Record<string, string>>): Promise<Step>;
  session(): string | null;
};

const SESSION = 'next-auth.session-token';

/** A browser that has not been at this portal yet. */
export function openBrowser({ url }: Pick<PortalProcess, 'url'>): Browser {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}): Promise<Step> => {
    const headers = new Headers(init.headers);
    headers.set('origin', url);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', ...value] = (set.split(';')[0] ?? '').split('=');
      if (value.join('=') === '') cookies.delete(name);
      else cookies.set(name, value.join('='));
    }
    const to =
      response.headers.get('x-action-redirect')?.split(';')[0] ?? response.headers.get('location') ?? null;
    return { status: response.status, to, said: await response.text() };
  };
  return {
    cookies,
    get: (path) => ask(path),
    send: (name, fields) => {
      const { id, page } = findAction(name);
      const body = new FormData();
      for (const [field, value] of Object.entries(fields)) body.set(`_1_${field}`, value);
      body.set('0', '[{},"$K1"]');
      const path = page.replace(/\[\w+\]/g, 'none');
      return ask(path, { method: 'POST', body, headers: { 'next-action': id } });
    },
    session: () => cookies.get(SESSION) ?? null,
  };
}
