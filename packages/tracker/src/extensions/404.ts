import type { Extension } from '../extension.ts';

/**
 * Counts `404` with the property `path` where the page came with the status 404 or 410.
 * @param always the page is one that says "not found", whatever its status
 */
export function notFound(always = false): Extension {
  return ({ track }) => {
    const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (!always && load?.responseStatus !== 404 && load?.responseStatus !== 410) return;
    // After the pageview, and in the same request.
    queueMicrotask(() => track('404', { props: { path: location.pathname }, interactive: false }));
  };
}
