import { type FootfallError, toFootfallError } from './footfall-error.ts';

export type ClientOptions = {
  /** Address of the portal, such as `https://stats.example.com`. */
  url: string;
  /** An API key with the scope `stats`; `sites` for sites and goals. */
  apiKey: string;
  /** Default: the global one. */
  fetch?: (request: Request) => Promise<Response>;
  /** How often a question is asked again after 429 or 503; default 3. */
  retries?: number;
  /** Longest wait before asking again, in seconds; told to wait longer, the client throws at once. Default 60. */
  maxWait?: number;
};

export type CallOptions = { signal?: AbortSignal };

type Call = {
  path: string;
  /** GET, or POST with a body, unless said. */
  method?: 'PUT' | 'DELETE';
  search?: Readonly<Record<string, string | undefined>>;
  body?: unknown;
} & CallOptions;

export type Transport = (call: Call) => Promise<Response>;

const DEFAULTS = { retries: 3, maxWait: 60 };
const RETRIED: readonly number[] = [429, 503];

function buildRequest({ url, apiKey }: ClientOptions, call: Call): Request {
  const { path, search = {}, body, method, signal } = call;
  const address = new URL(url.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(search))
    if (value !== undefined) address.searchParams.set(name, value);
  const question =
    body === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const named = method === undefined ? {} : { method };
  const request = new Request(address, {
    ...question,
    ...named,
    ...(signal === undefined ? {} : { signal }),
  });
  request.headers.set('authorization', `Bearer ${apiKey}`);
  return request;
}

/** Waits so many seconds; rejects with the reason of the signal when that comes first. */
function wait(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1000);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Seconds until a question may be asked again: as the portal says, else 1, 2, 4 …; null when it should not be. */
function pauseAfter(error: FootfallError, asked: number, options: ClientOptions): number | null {
  const { retries, maxWait } = { ...DEFAULTS, ...options };
  if (!RETRIED.includes(error.status) || asked > retries) return null;
  const seconds = error.retryAfter ?? 2 ** (asked - 1);
  return seconds > maxWait ? null : seconds;
}

/** Asks the portal, again where it says so; answers its answer, or throws a FootfallError. */
export function createTransport(options: ClientOptions): Transport {
  const send = options.fetch ?? ((request: Request) => fetch(request));
  return async (call) => {
    for (let asked = 1; ; asked += 1) {
      const response = await send(buildRequest(options, call));
      if (response.ok) return response;
      const error = await toFootfallError(response);
      const pause = pauseAfter(error, asked, options);
      if (pause === null) throw error;
      await wait(pause, call.signal);
    }
  };
}
