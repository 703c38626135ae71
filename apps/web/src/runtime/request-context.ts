import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of a request while it is answered. */
type RequestContext = {
  /** Whether a server action of ours began: what fails before it is what was sent. */
  actionBegan: boolean;
  /** The status that a page gives its answer; null: what Next makes of it. */
  status: number | null;
};

// One a process, however often this module is bundled.
const KEY = Symbol.for('footfall.web.request');
const holder = globalThis as { [KEY]?: AsyncLocalStorage<RequestContext> };

function storage(): AsyncLocalStorage<RequestContext> {
  holder[KEY] ??= new AsyncLocalStorage();
  return holder[KEY];
}

/** Runs what answers a request; answers what is known of it. */
export function withRequestContext(answer: (context: RequestContext) => void): void {
  const context: RequestContext = { actionBegan: false, status: null };
  storage().run(context, () => answer(context));
}

/** Gives the answer that is being made a status: components cannot, and what Next has for it is drawn by scripts alone. */
export function answerWithStatus(status: number): void {
  const context = storage().getStore();
  if (context !== undefined) context.status = status;
}

/** Notes that a server action has its arguments, and begins. */
export function noteAction(): void {
  const context = storage().getStore();
  if (context !== undefined) context.actionBegan = true;
}
