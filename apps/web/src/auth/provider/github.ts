import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { type ProviderClient, type ProviderRequest, providerOptions } from './client.ts';
import { textIn } from './profile.ts';

const CLOUD = 'https://github.com';

/** Where GitHub's API is: beside github.com, within a server of one's own. */
const apiUrl = (issuer: string) => (issuer === CLOUD ? 'https://api.github.com' : `${issuer}/api/v3`);

const serverAt = (issuer: string): oauth.AuthorizationServer => ({
  issuer,
  authorization_endpoint: `${issuer}/login/oauth/authorize`,
  token_endpoint: `${issuer}/login/oauth/access_token`,
});

const USER = z.object({ id: z.number().int().positive(), login: z.string(), name: z.string().nullish() });
const EMAILS = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

async function ask(request: ProviderRequest, token: string, path: string): Promise<unknown> {
  const url = new URL(apiUrl(request.provider.issuer) + path);
  const headers = new Headers({ accept: 'application/vnd.github+json', 'user-agent': 'Footfall' });
  const response = await oauth.protectedResourceRequest(
    token,
    'GET',
    url,
    headers,
    undefined,
    providerOptions(request),
  );
  if (!response.ok) throw new Error(`GitHub answered ${response.status}`);
  return response.json();
}

/** GitHub: OAuth 2 with PKCE and state. It has no ID token, so it is asked who they are; the token for that is forgotten. */
export const githubClient: ProviderClient = {
  begin: async ({ provider, challenge, redirectUri, again }) => {
    const url = new URL(serverAt(provider.issuer).authorization_endpoint ?? '');
    const parameters = {
      client_id: provider.clientId,
      redirect_uri: redirectUri,
      scope: 'read:user user:email',
      state: challenge.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(challenge.verifier),
      code_challenge_method: 'S256',
      ...(again ? { prompt: 'select_account' } : {}),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url;
  },
  finish: async (request) => {
    const { provider, challenge, redirectUri, answer } = request;
    const [server, client] = [serverAt(provider.issuer), { client_id: provider.clientId }];
    const parameters = oauth.validateAuthResponse(server, client, answer, challenge.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.ClientSecretPost(provider.clientSecret),
      parameters,
      redirectUri,
      challenge.verifier,
      { ...providerOptions(request), headers: { accept: 'application/json' } },
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response);
    const user = USER.parse(await ask(request, tokens.access_token, '/user'));
    const emails = EMAILS.parse(await ask(request, tokens.access_token, '/user/emails'));
    const primary = emails.find((one) => one.primary);
    return {
      subject: String(user.id),
      email: textIn(primary?.email),
      isVerified: primary?.verified ?? false,
      name: textIn(user.name) ?? textIn(user.login),
    };
  },
};
