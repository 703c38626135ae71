import type { Extension } from '../extension.ts';
import { cut, listen } from './guard.ts';

/**
 * Counts `form_submit` with the properties `form` (its id or name) and `action` (path that it is sent to), never what was
 * entered. The browser's own validation has passed by then; a script that calls `form.submit()` is not seen.
 */
export function forms(): Extension {
  return ({ track }) =>
    listen('submit', ({ target, submitter }) => {
      const form = target as HTMLFormElement;
      // Not `form.id`: a field named `id` would be meant.
      const said = (name: string) => form.getAttribute(name);
      const action = submitter?.getAttribute('formaction') || said('action') || location.href;
      track('form_submit', {
        props: {
          form: cut(said('id') || said('name') || ''),
          action: cut(new URL(action, document.baseURI).pathname),
        },
      });
    });
}
