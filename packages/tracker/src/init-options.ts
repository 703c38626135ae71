import type { Extension } from './extension.ts';

/** How the tracker is started. */
export type InitOptions = {
  /** The site's public key, as the portal shows it. */
  site: string;
  /** Where events go; default `/collect` on the origin of the page. */
  endpoint?: string;
  /** True: no pageview is counted unless `track('pageview')` is called. Default false. */
  manual?: boolean;
  /** True: a change of the address behind `#` is a pageview too, is sent, and is part of the page where it begins with `/` or `!`. Default false. */
  hash?: boolean | undefined;
  /** What else the tracker does; each is a module of its own, such as `@footfall/tracker/links`. Default: nothing. */
  extensions?: readonly Extension[] | undefined;
};
