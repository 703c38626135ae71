import type { IncomingMessage } from 'node:http';
import { type Answer, DAY_S, type Form, list, refused } from './state.fixture.ts';

/** The fields of a request's body. */
export async function readForm(request: IncomingMessage): Promise<Form> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}

/** Fields whose names tell where they belong, as `items[0][price]`. */
export type Tree = { [name: string]: Tree | string };

/** The fields of a form as a tree; places of a list are its names. */
export function nested(form: Form): Tree {
  const root: Tree = Object.create(null) as Tree;
  for (const [name, value] of Object.entries(form)) {
    const steps = name.split(/[[\]]+/).filter((step) => step !== '');
    const last = steps.pop() ?? name;
    let at = root;
    for (const step of steps) {
      const next = at[step];
      const child = typeof next === 'object' ? next : (Object.create(null) as Tree);
      at[step] = child;
      at = child;
    }
    at[last] = value;
  }
  return root;
}

/** What stands below one of a form's names, as `metadata`. */
export function fieldsIn(form: Form, name: string): Record<string, string> {
  const found = nested(form)[name];
  if (typeof found !== 'object') return {};
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

const DEFAULT_LIMIT = 10;
const MOST = 100;

/** A page of a list as Stripe cuts it: the newest first, after `starting_after`, ten unless said. */
export function page(all: readonly { id: string; created: number }[], query: URLSearchParams) {
  const limit = Math.min(Number(query.get('limit') ?? DEFAULT_LIMIT), MOST);
  // Of one second what was made last goes first, too.
  const sorted = all.toReversed().sort((a, b) => b.created - a.created);
  const after = query.get('starting_after');
  const from = after === null ? 0 : sorted.findIndex(({ id }) => id === after) + 1;
  return list(sorted.slice(from, from + limit), from + limit < sorted.length);
}

type Kept = { asked: string; answer: Answer; at: number };

/** As Stripe: a key that was used in the last 24 hours is answered as before, and refused with other parameters. */
export function idempotency(now: () => number) {
  const kept = new Map<string, Kept>();
  return (key: string | undefined, asked: string, work: () => Answer): Answer => {
    if (key === undefined) return work();
    const before = kept.get(key);
    if (before !== undefined && now() - before.at < DAY_S) {
      if (before.asked === asked) return before.answer;
      const message =
        'Keys for idempotent requests can only be used with the same parameters they were first used with.';
      return { status: 400, body: { error: { type: 'idempotency_error', message } } };
    }
    const made = work();
    if (made.status === 200 || made.status === 402)
      kept.set(key, { asked, answer: structuredClone(made), at: now() });
    return made;
  };
}

/** The whole object of an id; undefined: there is none. */
export type Resolve = (id: string) => object | undefined;

/** Fields that are answered only where they were asked for. */
const INCLUDABLE: Readonly<Record<string, readonly string[]>> = { invoice: ['payments'] };

class Unknown extends Error {}

function expandOne(value: unknown, paths: readonly string[][], resolve: Resolve): unknown {
  if (Array.isArray(value)) return value.map((one) => expandOne(one, paths, resolve));
  if (typeof value !== 'object' || value === null) return value;
  const expanded: Record<string, unknown> = {};
  for (const [name, held] of Object.entries(value)) {
    const below = paths.filter(([head]) => head === name).map(([, ...rest]) => rest);
    const kind = (value as { object?: string }).object ?? '';
    if (below.length === 0 && INCLUDABLE[kind]?.includes(name)) continue;
    const whole = below.length > 0 && typeof held === 'string' ? (resolve(held) ?? held) : held;
    expanded[name] = expandOne(
      whole,
      below.filter((rest) => rest.length > 0),
      resolve,
    );
  }
  for (const [head = ''] of paths) if (!(head in value)) throw new Unknown(head);
  return expanded;
}

/** An answer with what `expand[]` asked for; a name that nothing has is refused. */
export function expand(answer: Answer, paths: readonly string[], resolve: Resolve): Answer {
  if (answer.status !== 200) return answer;
  try {
    const steps = paths.map((path) => path.split('.'));
    return { status: 200, body: expandOne(answer.body, steps, resolve) };
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return refused(400, `This property cannot be expanded (${error.message}).`);
  }
}
