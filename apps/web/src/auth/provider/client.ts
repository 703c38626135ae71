import type { Provider } from '@footfall/config/providers';
import { allowInsecureRequests, type CustomFetchOptions, customFetch } from 'oauth4webapi';
import type { Profile } from './profile.ts';

/** What a sign-in at a provider is begun with: random texts that its end has to match. */
export type Challenge = {
  /** Comes back in the callback's address: it belongs to this browser. */
  state: string;
  /** Comes back in the ID token: it was made for this sign-in. */
  nonce: string;
  /** PKCE: whoever has stolen a code cannot use it. */
  verifier: string;
};

/** A provider that people sign in with; `id` names it in the callback's address. */
export type SignInProvider = Omit<Provider, 'id'> & {
  id: string;
  /** The tenant whose own it is; null: the installation's. */
  tenantId: string | null;
};

/** Reaches a provider: the one `fetch` of whoever set it up. */
export type ProviderFetch = (url: string, init: RequestInit) => Promise<Response>;

export type ProviderRequest = {
  provider: SignInProvider;
  challenge: Challenge;
  /** Whoever is signed in there is to show anew that it is them. */
  again: boolean;
  /** Where the provider sends the browser back to. */
  redirectUri: string;
  fetch: ProviderFetch;
};

/** How one kind of provider is spoken to. */
export type ProviderClient = {
  /** Where the browser is sent to. */
  begin(request: ProviderRequest): Promise<URL>;
  /** Whoever the provider sent back with this answer. Throws when it does not hold. */
  finish(request: ProviderRequest & { answer: URLSearchParams }): Promise<Profile>;
};

/** How long a provider may take for one answer, milliseconds. */
const PATIENCE_MS = 5_000;

/** The options of every request to a provider. */
export const providerOptions = ({
  fetch,
  provider: { issuer },
}: Pick<ProviderRequest, 'fetch'> & { provider: Pick<SignInProvider, 'issuer'> }) => ({
  [customFetch]: (url: string, init: CustomFetchOptions<string, unknown>) => fetch(url, init as RequestInit),
  // Of loopback alone; the configuration has seen to it.
  [allowInsecureRequests]: issuer.startsWith('http:'),
  signal: () => AbortSignal.timeout(PATIENCE_MS),
});

/** Where the browser comes back to from a provider. */
export const callbackPath = (providerId: string): string =>
  `/sign-in/callback/${encodeURIComponent(providerId)}`;
