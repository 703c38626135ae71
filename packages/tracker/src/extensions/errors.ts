import type { Extension } from '../extension.ts';
import { listen } from './guard.ts';

/** A page that fails in a loop must not fill the reports. */
const MAX_ERRORS = 10;
/** Enough to know an error by; longer ones tend to quote what was entered. */
const MAX_MESSAGE = 300;

/**
 * Counts `error` for JavaScript errors and rejected promises that nobody caught, with the properties `message`, `source`
 * (the script's address without its query) and `line`. Each is counted once, and at most ten of a loaded page.
 */
export function errors(): Extension {
  return ({ track }) => {
    const seen = new Set<string>();
    const count = (message: string, file = '', line = 0) => {
      const props = { message: message.slice(0, MAX_MESSAGE), source: file.replace(/[?#].*/, ''), line };
      const key = JSON.stringify(props);
      if (seen.has(key) || seen.size >= MAX_ERRORS) return;
      seen.add(key);
      track('error', { props, interactive: false });
    };
    listen('error', (event) => {
      // Pictures that do not load are errors too, but not of JavaScript.
      if (event instanceof ErrorEvent) count(event.message, event.filename, event.lineno);
    });
    listen('unhandledrejection', ({ reason }) => count(String(reason?.message ?? reason)));
  };
}
