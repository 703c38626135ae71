import { z } from 'zod';

/** Whom the installation lets vouch for people who sign in: an OpenID Connect provider, or GitHub, which speaks OAuth 2 alone. */
export type Provider = {
  /** Names it in addresses of the portal and in forms. */
  id: 'google' | 'github' | 'oidc';
  kind: 'oidc' | 'github';
  /** What people call it. */
  name: string;
  /** The issuer of its tokens; of GitHub its address. Without a slash at the end of a bare origin. */
  issuer: string;
  clientId: string;
  clientSecret: string;
};

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** OIDC_ISSUER and GITHUB_URL: addresses that secrets are sent to, so TLS, but on this machine. A query or a fragment has no place in an issuer. */
export const providerUrl = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined) return undefined;
    const wrong = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    if (!URL.canParse(text)) return wrong('must be a URL');
    const { protocol, hostname, username, password, search, hash, pathname, origin } = new URL(text);
    if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.test(hostname)))
      return wrong('must be a URL that starts with https://');
    if (`${username}${password}${search}${hash}` !== '')
      return wrong('must be a URL without a user, a query and a fragment');
    return pathname === '/' ? origin : text;
  });

/** SIGN_ON_ORIGINS: origins, comma-separated. */
export const originList = z
  .string()
  .optional()
  .transform((text, context) => {
    const listed = (text ?? '').split(',').flatMap((part) => part.trim() || []);
    const wrong = listed.find((one) => !URL.canParse(one) || new URL(one).origin !== one);
    if (wrong === undefined) return listed;
    context.addIssue({ code: 'custom', message: `must be origins, and ${wrong} is not one` });
    return z.NEVER;
  });

/** What the variables of one provider say; `undefined` where they are unset. */
export type ProviderVariables = {
  GOOGLE_CLIENT_ID: string | undefined;
  GOOGLE_CLIENT_SECRET: string | undefined;
  GITHUB_CLIENT_ID: string | undefined;
  GITHUB_CLIENT_SECRET: string | undefined;
  GITHUB_URL: string | undefined;
  OIDC_ISSUER: string | undefined;
  OIDC_CLIENT_ID: string | undefined;
  OIDC_CLIENT_SECRET: string | undefined;
  OIDC_NAME: string | undefined;
};

type Name = keyof ProviderVariables;

type Row = Pick<Provider, 'id' | 'kind'> & {
  clientId: Name;
  clientSecret: Name;
  /** A variable, or what is fixed. */
  issuer: { from: Name; otherwise?: string } | { fixed: string };
  name: { from: Name; otherwise: string } | { fixed: string };
};

/** The providers that there can be, in the order of their buttons. */
const ROWS: readonly Row[] = [
  {
    id: 'google',
    kind: 'oidc',
    clientId: 'GOOGLE_CLIENT_ID',
    clientSecret: 'GOOGLE_CLIENT_SECRET',
    issuer: { fixed: 'https://accounts.google.com' },
    name: { fixed: 'Google' },
  },
  {
    id: 'github',
    kind: 'github',
    clientId: 'GITHUB_CLIENT_ID',
    clientSecret: 'GITHUB_CLIENT_SECRET',
    issuer: { from: 'GITHUB_URL', otherwise: 'https://github.com' },
    name: { fixed: 'GitHub' },
  },
  {
    id: 'oidc',
    kind: 'oidc',
    clientId: 'OIDC_CLIENT_ID',
    clientSecret: 'OIDC_CLIENT_SECRET',
    issuer: { from: 'OIDC_ISSUER' },
    name: { from: 'OIDC_NAME', otherwise: 'single sign-on' },
  },
];

const read = (
  variables: ProviderVariables,
  source: { from: Name; otherwise?: string } | { fixed: string },
): string | undefined => ('fixed' in source ? source.fixed : (variables[source.from] ?? source.otherwise));

/**
 * The providers that are set up: all variables of one, or none of it. `onMissing` hears of the first variable that is unset where
 * another one of its provider is not, and throws.
 */
export function readProviders(
  variables: ProviderVariables,
  onMissing: (missing: Name, given: Name) => never,
): Provider[] {
  return ROWS.flatMap(({ id, kind, ...row }) => {
    const wanted: Name[] = [row.clientId, row.clientSecret];
    if ('from' in row.issuer && row.issuer.otherwise === undefined) wanted.push(row.issuer.from);
    const given = wanted.find((name) => variables[name] !== undefined);
    if (given === undefined) return [];
    const missing = wanted.find((name) => variables[name] === undefined);
    if (missing !== undefined) return onMissing(missing, given);
    const [clientId, clientSecret] = [variables[row.clientId], variables[row.clientSecret]];
    const [issuer, name] = [read(variables, row.issuer), read(variables, row.name)];
    return [{ id, kind, name, issuer, clientId, clientSecret } as Provider];
  });
}
