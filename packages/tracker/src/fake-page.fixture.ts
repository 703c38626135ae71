import { vi } from 'vitest';

/** One request as the collector would read it. */
export type Sent = { url: string; init: RequestInit; site: string; events: Record<string, unknown>[] };

/** A page without a browser: just the globals that the tracker touches, for tests of its rules in milliseconds. */
export type FakePage = {
  sent: Sent[];
  events: () => Record<string, unknown>[];
  /** What fetch answers, in order; then 202 for ever. A negative status is a network failure. */
  answers: number[];
  document: { title: string; referrer: string; hidden: boolean; focused: boolean; height: number };
  /** How often the height of the document was asked for, which lays it out. */
  layouts: number;
  location: { href: string };
  storage: Record<string, string>;
  navigator: { language: string; onLine: boolean; buildID?: string };
  /** What was sent as a beacon. */
  beacons: Sent[];
  /** Fires an event of the window. */
  fire(type: string, extra?: object): void;
  /** Lets the end of the tick come, and the answers. */
  settle(): Promise<void>;
  scrollTo(y: number): void;
};

function stubNetwork(page: FakePage): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    page.sent.push({ url, init, ...(JSON.parse(init.body as string) as Pick<Sent, 'site' | 'events'>) });
    const answer = page.answers.shift() ?? 202;
    if (answer < 0) throw new TypeError('Failed to fetch');
    return new Response('{}', { status: answer });
  });
}

function stubDocument(page: FakePage, target: EventTarget): void {
  const { document } = page;
  vi.stubGlobal('document', {
    get title() {
      return document.title;
    },
    get referrer() {
      return document.referrer;
    },
    get hidden() {
      return document.hidden;
    },
    get documentElement() {
      return {
        get scrollHeight() {
          page.layouts++;
          return document.height;
        },
      };
    },
    hasFocus: () => document.focused,
  });
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('window', {});
  vi.stubGlobal('location', Object.assign(page.location, { toString: () => page.location.href }));
  vi.stubGlobal('screen', { width: 1440, height: 900 });
  vi.stubGlobal(
    'navigator',
    Object.assign(page.navigator, {
      sendBeacon(url: string, body: string) {
        page.beacons.push({ url, init: { body }, ...(JSON.parse(body) as Pick<Sent, 'site' | 'events'>) });
        return true;
      },
    }),
  );
  vi.stubGlobal('localStorage', page.storage);
  vi.stubGlobal('innerHeight', 800);
  vi.stubGlobal('scrollY', 0);
  const go = (_state: unknown, _title: string, url?: string | URL | null) => {
    page.location.href = new URL(url ?? '', page.location.href).href;
  };
  vi.stubGlobal('history', { pushState: go, replaceState: go });
}

/** Puts the globals of a page in place; `vi.unstubAllGlobals()` takes them away. */
export function openFakePage(href: string): FakePage {
  const target = new EventTarget();
  const page: FakePage = {
    sent: [],
    events: () => page.sent.flatMap(({ events }) => events),
    answers: [],
    layouts: 0,
    beacons: [],
    document: { title: 'Bowls', referrer: '', hidden: false, focused: true, height: 1_600 },
    location: { href },
    storage: {},
    navigator: { language: 'de-DE', onLine: true },
    fire: (type, extra = {}) => {
      target.dispatchEvent(Object.assign(new Event(type), extra));
    },
    async settle() {
      // What leaves at the end of the tick, then what its answer sets off.
      for (let i = 0; i < 4; i++) await vi.advanceTimersByTimeAsync(0);
    },
    scrollTo(y) {
      vi.stubGlobal('scrollY', y);
      page.fire('scroll');
    },
  };
  stubNetwork(page);
  stubDocument(page, target);
  return page;
}
