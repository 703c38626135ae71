import type { Extension } from '../extension.ts';
import type { TrackOptions } from '../options.ts';
import { cut, listen } from './guard.ts';

const PREFIX = 'data-track-';
/** Attributes that say something of the event itself; all others are properties. */
const OWN = ['event', 'interactive', 'amount', 'currency'];

/** What the attributes of an element say of its event. */
function saidBy(element: Element): [name: string, options: TrackOptions] {
  const said: Record<string, string> = {};
  for (const { name, value } of element.attributes)
    if (name.startsWith(PREFIX)) said[name.slice(PREFIX.length).replace(/-/g, '_')] = cut(value);
  const { event = '', interactive, amount, currency = '' } = said;
  const options: TrackOptions = {
    props: Object.fromEntries(Object.entries(said).filter(([name]) => !OWN.includes(name))),
  };
  if (interactive === 'false') options.interactive = false;
  if (amount) options.revenue = { amount, currency };
  return [event, options];
}

/**
 * Counts clicks on elements (and submits of forms) with the attribute `data-track-event`, which names the event. Each further
 * `data-track-…` is a property, its hyphens written as underscores; `data-track-amount` with `data-track-currency` is
 * revenue, and `data-track-interactive="false"` ends no bounce.
 */
export function clicks(): Extension {
  return ({ track }) => {
    const count = (event: Event, isForm: boolean) => {
      const marked = (node: EventTarget) =>
        node instanceof Element &&
        node.hasAttribute(`${PREFIX}event`) &&
        (node.localName === 'form') === isForm;
      const element = event.composedPath().find(marked);
      if (element) track(...saidBy(element as Element));
    };
    listen('click', (event) => count(event, false));
    listen('submit', (event) => count(event, true));
  };
}
