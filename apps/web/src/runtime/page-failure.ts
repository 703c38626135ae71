import { services } from './services.ts';

/** Writes an error of a page or an action into the log, with the digest that the error page shows. */
export function logPageFailure(error: unknown, at: { path: string; route: string }): void {
  const { digest } = (error ?? {}) as { digest?: string };
  // What stands behind the question mark may be secret.
  const [path] = at.path.split('?', 1);
  services().log.error({ err: error, digest, path, route: at.route }, 'page failed');
}
