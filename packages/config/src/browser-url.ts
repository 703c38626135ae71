import { z } from 'zod';

const PROTOCOL = /^https?:\/\//i;

/** What is wrong with the address of a service as browsers see it; undefined when nothing is. */
function findProblem(text: string, path: 'allowed' | 'refused'): string | undefined {
  if (!PROTOCOL.test(text) || !URL.canParse(text))
    return 'must be a URL that starts with http:// or https://';
  const { username, password, search, hash, pathname } = new URL(text);
  if (username + password !== '') return 'must have no user name and no password, since everybody reads it';
  if (search + hash !== '') return 'must have no query and nothing after #';
  if (path === 'refused' && pathname !== '/')
    return `must have no path, since the portal works at the root of a host only: give it a host of its own and leave ${pathname} out`;
  return undefined;
}

/**
 * An address that browsers use, in its normal form and without a slash at the end: addresses are made by adding `/…` to it.
 * @param path whether it may lie in a folder of its host
 */
export const browserUrl = (path: 'allowed' | 'refused') =>
  z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return undefined;
      const problem = findProblem(text.trim(), path);
      if (problem === undefined) return new URL(text.trim()).href.replace(/\/+$/, '');
      context.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    });
