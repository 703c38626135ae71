import { daySpan } from '@footfall/core/zone';
import { AGENTS, COUNTRIES, CRAWLER, ORIGINS } from './audience.ts';
import { type Random, seededRandom } from './random.ts';
import { type DemoEvent, type Visitor, visitEvents } from './visit.ts';

/** One local day of the demo shop. */
export type DemoDay = {
  /** Makes events and their ids the same on every run. */
  seed: string;
  /** `YYYY-MM-DD` in the zone. */
  day: string;
  timezone: string;
  /** How far the period has come on this day, 0 to 1: the shop grows. */
  progress: number;
};

const VISITS_AT_FIRST = 52;
const VISITS_AT_LAST = 92;
/** Monday to Sunday. */
const WEEK = [1.02, 0.94, 0.92, 1.06, 0.97, 1.0, 1.22] as const;
/** Midnight to eleven at night: a lull at night, a bump at noon, the evening on the sofa. */
const HOURS = [
  8, 4, 2, 2, 2, 4, 9, 17, 27, 36, 42, 45, 52, 50, 45, 44, 46, 51, 60, 74, 88, 84, 58, 26,
] as const;
const CRAWLS = 3;
/** Of the visitors, who comes a second time on the day. */
const RETURNING = 0.09;
const HOUR_MS = 3_600_000;

function isoWeekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function countVisits({ day, progress }: DemoDay, random: Random): number {
  const trend = VISITS_AT_FIRST + (VISITS_AT_LAST - VISITS_AT_FIRST) * progress;
  return Math.round(trend * (WEEK[isoWeekday(day)] ?? 1) * (0.9 + 0.2 * random.next()));
}

const CURVE = HOURS.map((weight, hour) => ({ hour, weight })) as [{ hour: number; weight: number }];

function pickStart(span: { from: number; to: number }, random: Random): number {
  const at = span.from + random.weighted(CURVE).hour * HOUR_MS + random.below(HOUR_MS);
  return Math.min(at, span.to - 1);
}

function pickOrigin({ day, progress }: DemoDay, random: Random) {
  const weekday = isoWeekday(day);
  const [first, ...rest] = ORIGINS.map((origin) => {
    const comes = origin.weekdays === undefined || origin.weekdays.includes(weekday);
    return { ...origin, weight: comes ? origin.weight * (1 + (origin.growth ?? 0) * progress) : 0 };
  });
  return random.weighted(first === undefined ? ORIGINS : [first, ...rest]);
}

function makeVisitor(id: string, random: Random): Visitor {
  const country = random.weighted<(typeof COUNTRIES)[number]>([...COUNTRIES]);
  const { userAgent, screen } = random.weighted(AGENTS);
  const network = random.pick<string>([...country.networks]);
  return {
    id,
    ip: `${network}.${random.below(256)}.${1 + random.below(254)}`,
    lang: random.pick<string>([...country.langs]),
    userAgent,
    screen,
  };
}

/** Every event of one day, by time. The same day and seed give the same events. */
export function demoDay(demo: DemoDay): DemoEvent[] {
  const random = seededRandom(`${demo.seed}/${demo.day}`);
  const span = daySpan(demo.timezone, demo.day);
  const events: DemoEvent[] = [];
  const visit = (visitor: Visitor, at: number) => {
    const origin = pickOrigin(demo, random);
    events.push(...visitEvents({ visitor, origin, at }, random));
  };
  const count = countVisits(demo, random);
  for (let n = 0; n < count; n += 1) {
    const visitor = makeVisitor(`${demo.day}-${n}`, random);
    visit(visitor, pickStart(span, random));
    if (random.chance(RETURNING)) visit(visitor, pickStart(span, random));
  }
  for (let n = 0; n < CRAWLS; n += 1) {
    const crawler = { ...makeVisitor(`${demo.day}-crawler`, random), ip: '66.249.66.1', userAgent: CRAWLER };
    visit(crawler, pickStart(span, random));
  }
  // A visit that began before midnight may run on into the next day: there its visitor is another.
  return events
    .filter(({ timestamp }) => timestamp < span.to)
    .sort((a, b) => a.timestamp - b.timestamp)
    .map((event, index) => ({ ...event, id: `demo-${demo.seed}-${demo.day}-${index}` }));
}
