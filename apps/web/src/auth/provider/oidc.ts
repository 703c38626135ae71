import { LRUCache } from 'lru-cache';
import * as oauth from 'oauth4webapi';
import { type ProviderClient, type ProviderRequest, providerOptions, type SignInProvider } from './client.ts';
import { type Profile, textIn } from './profile.ts';

/** What providers say of themselves is asked for anew after this, milliseconds. */
const KNOWN_MS = 10 * 60_000;

/** When somebody proved to the provider who they are, at the longest before they come back from a sign-in that asked for it, seconds. */
const FRESH_SECONDS = 10 * 60;

/** As the standard has it, characters. */
const MAX_SUBJECT = 255;

const servers = new LRUCache<string, oauth.AuthorizationServer>({ max: 500, ttl: KNOWN_MS });

/** What a provider says of itself, at the address that its issuer's name gives. */
export async function discover(
  request: Pick<ProviderRequest, 'fetch'> & { provider: Pick<SignInProvider, 'id' | 'issuer'> },
): Promise<oauth.AuthorizationServer> {
  const { provider } = request;
  // By provider too: what one tenant has caused to be read is not another's.
  const key = `${provider.id} ${provider.issuer}`;
  const known = servers.get(key);
  if (known !== undefined) return known;
  const url = new URL(provider.issuer);
  const response = await oauth.discoveryRequest(url, providerOptions(request));
  const server = await oauth.processDiscoveryResponse(url, response);
  servers.set(key, server);
  return server;
}

/** How the provider wants to be shown the secret: in the head of a request, or in its body. */
function authenticate(server: oauth.AuthorizationServer, secret: string): oauth.ClientAuth {
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_basic')
    ? oauth.ClientSecretBasic(secret)
    : oauth.ClientSecretPost(secret);
}

/** Some providers write the claim as a text, some leave it out. */
const readVerified = (claim: unknown): boolean | null =>
  claim === undefined ? null : claim === true || claim === 'true';

/** Tokens that hold, and the provider that gave them. */
type Granted = { server: oauth.AuthorizationServer; tokens: oauth.TokenEndpointResponse };

async function askUserInfo(
  request: ProviderRequest,
  { server, tokens: { access_token: token } }: Granted,
  subject: string,
): Promise<oauth.UserInfoResponse> {
  const client = { client_id: request.provider.clientId };
  const response = await oauth.userInfoRequest(server, client, token, providerOptions(request));
  return oauth.processUserInfoResponse(server, client, subject, response);
}

/** The claims about somebody: of the ID token, or where it has no address, of the provider's page about them. */
async function readProfile(request: ProviderRequest, granted: Granted): Promise<Profile> {
  const { server, tokens } = granted;
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (claims === undefined) throw new Error('the provider sent no ID token');
  const { sub: subject } = claims;
  if (subject === '' || subject.length > MAX_SUBJECT) throw new Error('the provider named nobody');
  const isTold = claims.email !== undefined || server.userinfo_endpoint === undefined;
  const told = isTold ? claims : await askUserInfo(request, granted, subject);
  return {
    subject,
    email: textIn(told.email),
    isVerified: readVerified(told.email_verified),
    name: textIn(told.name),
  };
}

/** When the provider last asked them who they are must not be long ago, where it says so: it was asked to ask again. */
function checkAuthTime(tokens: oauth.TokenEndpointResponse, now = Date.now()): void {
  const { auth_time: time } = oauth.getValidatedIdTokenClaims(tokens) ?? {};
  if (time !== undefined && now / 1000 - time > FRESH_SECONDS)
    throw new Error('the provider did not ask again who they are');
}

/** OpenID Connect: the authorization code flow with PKCE, state and nonce. What the tokens say is read once, and they are forgotten. */
export const oidcClient: ProviderClient = {
  begin: async (request) => {
    const { provider, challenge, redirectUri, again } = request;
    const server = await discover(request);
    if (server.authorization_endpoint === undefined) throw new Error('the provider has no sign-in page');
    const url = new URL(server.authorization_endpoint);
    const { state, nonce, verifier } = challenge;
    const parameters = {
      response_type: 'code',
      client_id: provider.clientId,
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(again ? { max_age: '0' } : {}),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url;
  },
  finish: async (request) => {
    const { provider, challenge, redirectUri, answer, again } = request;
    const server = await discover(request);
    const client = { client_id: provider.clientId };
    const parameters = oauth.validateAuthResponse(server, client, answer, challenge.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authenticate(server, provider.clientSecret),
      parameters,
      redirectUri,
      challenge.verifier,
      providerOptions(request),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: challenge.nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(server, response, providerOptions(request));
    if (again) checkAuthTime(tokens);
    return readProfile(request, { server, tokens });
  },
};
