import type { Extension } from '../extension.ts';

/** Behind the address of any page of the shop: what a team opens once in each of its browsers. */
const LINK = '#footfall_ignore';

/**
 * Lets a link leave this browser out on this site. It asks, since strangers can link to a shop as well: whoever says no is counted, which also
 * takes the answer back that was given before.
 */
export function team(): Extension {
  return () => {
    if (location.hash !== LINK) return;
    try {
      const question = /^de/.test(navigator.language)
        ? 'Diesen Browser hier nicht mehr zählen?'
        : 'Stop counting this browser here?';
      if (confirm(question)) localStorage.footfall_ignore = 'true';
      else localStorage.removeItem('footfall_ignore');
      // Not asked again when the page is loaded anew, and not handed on with its address.
      history.replaceState(history.state, '', location.pathname + location.search);
    } catch {
      // The page may store nothing: the browser is counted as before.
    }
  };
}
