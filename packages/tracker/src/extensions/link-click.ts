import { listen } from './guard.ts';

type Link = HTMLAnchorElement | HTMLAreaElement;

/** A link that leads somewhere; those of SVG have no address as text. */
const isLink = (node: EventTarget): node is Link =>
  /^(a|area)$/.test((node as Link).localName) &&
  typeof (node as Link).href === 'string' &&
  (node as Link).href !== '';

/** Calls back when a link is followed, by click, key or middle button, also from within an open shadow root. */
export function onLinkClick(callback: (link: Link) => void): void {
  const followed = (event: MouseEvent) => {
    const link = event.composedPath().find(isLink);
    // The right button opens a menu and follows nothing.
    if (link && event.button < 2) callback(link);
  };
  listen('click', followed);
  listen('auxclick', followed);
}
