import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** Whoever signs in at the provider. */
export type Person = { sub: string; email?: string; email_verified?: boolean | string; name?: string };

/** How the provider lies, or differs from others. */
export type Manners = {
  /** Claims of ID tokens in place of the right ones. */
  claims?: Readonly<Record<string, unknown>>;
  /** ID tokens carry no address; the page about the person does. */
  userinfo?: Readonly<Record<string, unknown>>;
  /** Signs with another key than it publishes. */
  forged?: boolean;
  /** What it sends the browser back with in place of a code. */
  error?: string;
  /** Its tokens are answered with this status. */
  tokenStatus?: number;
};

export type ProviderServer = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Whoever comes next is this person. */
  signInAs(person: Person, manners?: Manners): void;
  /** The paths that were asked for, and with what. */
  asked: { path: string; parameters: URLSearchParams; authorization: string | undefined }[];
  /** What a browser that is sent to the provider is sent back to. */
  visit(address: string): Promise<URL>;
  close(): Promise<void>;
};

type Grant = { person: Person; manners: Manners; asked: URLSearchParams };

const base64url = (value: object | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The secret of a Basic header, whose two parts are written as in a form. */
const secretIn = (authorization: string): string => {
  const [, secret = ''] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':');
  return decodeURIComponent(secret.replaceAll('+', ' '));
};

/** The client that the provider knows; its secret has signs that have to be encoded in a header. */
const CLIENT = { clientId: 'footfall', clientSecret: 's:e/c r%et' };

/** What a request to the provider brought. */
type Asked = { parameters: URLSearchParams; authorization: string | undefined; response: ServerResponse };

/** The provider itself: whoever is at it, and what it has handed out. */
class StandIn {
  readonly #key = newKey();
  readonly #otherKey = newKey();
  readonly #grants = new Map<string, Grant>();
  readonly #tokens = new Map<string, Grant>();
  issuer = '';
  person: Person = { sub: 'nobody' };
  manners: Manners = {};

  #idToken({ person, manners, asked }: Grant): string {
    const { sub, ...about } = person;
    const now = Math.floor(Date.now() / 1000);
    const own = manners.userinfo === undefined ? about : {};
    const nonce = asked.get('nonce');
    const times = { iat: now, exp: now + 300 };
    const claims = {
      iss: this.issuer,
      aud: CLIENT.clientId,
      sub,
      ...times,
      nonce,
      ...own,
      ...manners.claims,
    };
    const head = `${base64url({ alg: 'RS256', kid: 'one' })}.${base64url(claims)}`;
    const { privateKey } = manners.forged === true ? this.#otherKey : this.#key;
    return `${head}.${base64url(sign('sha256', Buffer.from(head), privateKey))}`;
  }

  #authorize({ parameters, response }: Asked): void {
    const back = new URL(parameters.get('redirect_uri') ?? '');
    back.searchParams.set('state', parameters.get('state') ?? '');
    if (this.manners.error !== undefined) back.searchParams.set('error', this.manners.error);
    else {
      const code = randomUUID();
      this.#grants.set(code, { person: this.person, manners: this.manners, asked: parameters });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  /** The grant of a code, once, for whoever has the secret, the address and the verifier that it was asked with. */
  #takeGrant({ parameters, authorization }: Asked): Grant | null {
    const code = parameters.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const shown = authorization === undefined ? parameters.get('client_secret') : secretIn(authorization);
    const challenge = createHash('sha256')
      .update(parameters.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      shown === CLIENT.clientSecret &&
      challenge === grant?.asked.get('code_challenge') &&
      parameters.get('redirect_uri') === grant.asked.get('redirect_uri');
    return isRight ? (grant ?? null) : null;
  }

  #token(asked: Asked): void {
    const grant = this.#takeGrant(asked);
    if (grant === null) {
      json(asked.response, { error: 'invalid_grant' }, 400);
      return;
    }
    const token = randomUUID();
    this.#tokens.set(token, grant);
    const isOidc = (grant.asked.get('scope') ?? '').includes('openid');
    const more = isOidc ? { id_token: this.#idToken(grant) } : {};
    json(asked.response, { access_token: token, token_type: 'bearer', ...more }, grant.manners.tokenStatus);
  }

  /** What it says of itself, and of whoever a token was given for. */
  #tell(path: string, { authorization }: Asked): unknown {
    const at = (place: string) => `${this.issuer}/${place}`;
    const grant = this.#tokens.get((authorization ?? '').replace(/^Bearer /i, ''));
    const { sub, name, email, email_verified: verified } = grant?.person ?? {};
    const key = { ...this.#key.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' };
    const pages: Readonly<Record<string, unknown>> = {
      '/.well-known/openid-configuration': {
        issuer: this.issuer,
        authorization_endpoint: at('authorize'),
        token_endpoint: at('token'),
        jwks_uri: at('jwks'),
        userinfo_endpoint: at('userinfo'),
      },
      '/jwks': { keys: [key] },
      '/userinfo': { sub, ...grant?.manners.userinfo },
      '/api/v3/user': { id: Number(sub), login: 'octo', name },
      '/api/v3/user/emails': [
        { email: 'other@octo.example', primary: false, verified: true },
        { email, primary: true, verified },
      ],
    };
    return pages[path];
  }

  answer(path: string, asked: Asked): void {
    if (path.endsWith('/authorize')) this.#authorize(asked);
    else if (path === '/token' || path.endsWith('/access_token')) this.#token(asked);
    else {
      const told = this.#tell(path, asked);
      json(asked.response, told ?? {}, told === undefined ? 404 : 200);
    }
  }
}

/** A provider of OpenID Connect, and of what GitHub speaks, on loopback: it checks what it is sent as a strict one does. */
export async function startProviderServer(): Promise<ProviderServer> {
  const standIn = new StandIn();
  const asked: ProviderServer['asked'] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', standIn.issuer);
    const parameters = request.method === 'POST' ? new URLSearchParams(await text(request)) : searchParams;
    const { authorization } = request.headers;
    asked.push({ path, parameters, authorization });
    standIn.answer(path, { parameters, authorization, response });
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  standIn.issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    issuer: standIn.issuer,
    ...CLIENT,
    signInAs: (person, manners = {}) => Object.assign(standIn, { person, manners }),
    asked,
    visit: async (to) => {
      const response = await fetch(to, { redirect: 'manual' });
      return new URL(response.headers.get('location') ?? '');
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
