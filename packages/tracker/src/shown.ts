declare global {
  interface Document {
    /** True while the browser prepares the page unseen; Chromium only, and not yet among TypeScript's own types. */
    readonly prerendering?: boolean;
  }
}

/** Begins as soon as the page is shown: one that the browser prepares unseen (prerendering) may never be. */
export function whenShown(begin: () => void): void {
  if (document.prerendering) document.addEventListener('prerenderingchange', begin);
  else begin();
}
