import { randomUUID } from 'node:crypto';
import { type Random, seededRandom, unevenly } from './random.ts';

/** Events as a merchant's server sends them, of shoppers who look at a few pages each. */
export type Shoppers = {
  /** Events of one site. `at` is epoch milliseconds. */
  events(count: number, at: number): object[];
};

const AGENTS = Array.from(
  { length: 400 },
  (_, n) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${90 + (n % 40)}.0.${n}.0 Safari/537.36`,
);
const REFERRERS = [undefined, undefined, 'https://www.google.com/', 'https://chatgpt.com/', 'https://t.co/x'];
const NAMES = ['pageview', 'pageview', 'pageview', 'pageview', 'engagement', 'view_item', 'Signup'];
const pages = unevenly(
  Array.from({ length: 2_000 }, (_, n) => `https://shop.example/p/${n}?utm_source=mail`),
);
const agents = unevenly(AGENTS);

type Shopper = { user_agent: string; ip: string; referrer: string | undefined; left: number };

function arrive(random: Random): Shopper {
  const [a, b, c] = [random.whole(200) + 11, random.whole(256), random.whole(256)];
  return {
    user_agent: agents(random),
    ip: `${a}.${b}.${c}.${random.whole(256)}`,
    referrer: REFERRERS[random.whole(REFERRERS.length)],
    left: 1 + random.whole(7),
  };
}

/** Shoppers of a seed; some fifty are there at a time. */
export function createShoppers(seed: number): Shoppers {
  const random = seededRandom(seed);
  const present = Array.from({ length: 50 }, () => arrive(random));
  const event = (at: number) => {
    const index = random.whole(present.length);
    const shopper = present[index] as Shopper;
    shopper.left -= 1;
    if (shopper.left === 0) present[index] = arrive(random);
    const { left: _left, ...said } = shopper;
    const name = NAMES[random.whole(NAMES.length)] ?? 'pageview';
    const more = name === 'engagement' ? { scroll: random.whole(101), engaged_ms: random.whole(60_000) } : {};
    return { id: randomUUID(), name, timestamp: at, url: pages(random), lang: 'de-DE', ...said, ...more };
  };
  return { events: (count, at) => Array.from({ length: count }, () => event(at)) };
}
