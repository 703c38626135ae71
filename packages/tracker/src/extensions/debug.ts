import type { Extension, TrackedEvent } from '../extension.ts';

/** Characters of an event: the collector takes no request above 256 KiB. */
const MAX_EVENT = 260_000;

/** Older lines leave as new ones come. */
const MAX_LINES = 100;

// Set one by one through the object model: a policy that forbids inline styles allows that.
const BOX =
  'all:initial;position:fixed;right:8px;bottom:8px;z-index:2147483647;width:26rem;max-width:calc(100vw - 16px);max-height:40vh;overflow:auto;background:#111827;color:#f9fafb;font:12px/1.5 ui-monospace,monospace;padding:8px';

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text: string,
  style = '',
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.textContent = text;
  made.style.cssText = style;
  return made;
}

/** The box at the corner of the page, out of reach of the page's styles; gives what adds a line. */
function openPanel(): (event: TrackedEvent) => HTMLElement {
  const host = element('div', '', BOX);
  host.setAttribute('role', 'log');
  host.setAttribute('aria-label', 'Footfall events');
  const root = host.attachShadow({ mode: 'open' });
  const close = element('button', 'close', 'float:right;font:inherit');
  close.addEventListener('click', () => host.remove());
  root.append(close, element('strong', 'Footfall'));
  document.documentElement.append(host);
  return ({ name, url, props, revenue, order }) => {
    const { pathname, search } = new URL(url);
    const details = JSON.stringify({ ...props, ...revenue, order });
    const line = element(
      'div',
      `${name} ${pathname}${search} ${details === '{}' ? '' : details}`,
      'overflow-wrap:anywhere',
    );
    root.append(line);
    while (root.childElementCount > MAX_LINES) root.children[2]?.remove();
    host.scrollTop = host.scrollHeight;
    return line;
  };
}

/**
 * Shows each event in a corner of the page, and what became of it: `…` it waits (for the network, or for consent), `✓` the
 * collector took it, `✗` it was kept back or given up, `✗ too large` it has
 * more than the collector takes.
 * @param always false: only where the address of the page has `footfall_debug` in its query or behind `#`
 */
export function debug(always = false): Extension {
  return (tracker) => {
    if (!always && !/[?#&]footfall_debug/.test(location.href)) return;
    const { send } = tracker;
    const show = openPanel();
    tracker.send = (event, callback) => {
      const tooLarge = JSON.stringify(event)[MAX_EVENT];
      const line = show(event);
      const mark = element('span', '… ');
      line.prepend(mark);
      send(event, (taken) => {
        mark.textContent = taken ? '✓ ' : tooLarge ? '✗ too large ' : '✗ ';
        callback?.(taken);
      });
    };
  };
}
