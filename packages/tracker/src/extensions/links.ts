import type { Extension } from '../extension.ts';
import { cut } from './guard.ts';
import { onLinkClick } from './link-click.ts';

/** Counts `outbound_click` with the property `url` when a link to another host is followed. */
export function links(): Extension {
  return ({ track }) =>
    onLinkClick(({ protocol, host, href }) => {
      if (/^http/.test(protocol) && host !== location.host)
        track('outbound_click', { props: { url: cut(href) } });
    });
}
