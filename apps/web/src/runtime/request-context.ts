import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of a request while it is answered. */
type RequestContext = {
  /** Whether a server action of ours began: what fails before it is what was sent. */
  actionBegan: boolean;
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
  const context: RequestContext = { actionBegan: false };
  storage().run(context, () => answer(context));
}

/** Notes that a server action has its arguments, and begins. */
export function noteAction(): void {
  const context = storage().getStore();
  if (context !== undefined) context.actionBegan = true;
}
