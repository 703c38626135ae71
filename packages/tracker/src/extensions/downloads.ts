import type { Extension } from '../extension.ts';
import { cut } from './guard.ts';
import { onLinkClick } from './link-click.ts';

const TYPES =
  'pdf xls xlsx doc docx ppt pptx pps ppsx odt ods csv txt rtf epub zip 7z rar gz tar dmg pkg exe msi apk key mp3 wav wma midi mp4 avi mov mpeg wmv';

/**
 * Counts `file_download` with the properties `file` (its name) and `url` when a link to a file is followed.
 * @param types endings of file names that count; a link with the attribute `download` counts whatever its ending
 */
export function downloads(types: readonly string[] = TYPES.split(' ')): Extension {
  return ({ track }) =>
    onLinkClick((link) => {
      const file = link.pathname.replace(/.*\//, '');
      const ending = file.replace(/.*\./, '').toLowerCase();
      if (!link.hasAttribute('download') && !(file.includes('.') && types.includes(ending))) return;
      // What the page has made itself (`blob:`, `data:`) has no address that tells anything.
      const url = /^http/.test(link.protocol) ? cut(link.href) : null;
      track('file_download', { props: { file: cut((link as HTMLAnchorElement).download || file), url } });
    });
}
