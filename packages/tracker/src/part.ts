import type { Extension } from './extension.ts';
import { type Service, service } from './service.ts';

/**
 * Makes an extension part of a script (`a.links.downloads.js`): it stands before the core in the same file, reads its
 * options from the attributes of the script, and may add functions to the page's global.
 */
export function part(install: (attributes: DOMStringMap, service: Service) => Extension | undefined): void {
  try {
    // A script that came first counts already, and what is added to it now would not be heard.
    if (service.on) return;
    const extension = install((document.currentScript as HTMLScriptElement).dataset, service);
    if (extension) service.x = [...(service.x ?? []), extension];
  } catch {
    // Without this extension, the rest still counts.
  }
}

/** The values of an attribute that takes several, separated by spaces or commas. */
export const list = (attribute: string): string[] => attribute.split(/[\s,]+/).filter(Boolean);
