import type { Answer, Dimension, Metric, Query } from './query.ts';
import { type CallOptions, type ClientOptions, createTransport } from './transport.ts';

/** As those of a client, with a token in place of an API key. */
export type EmbedClientOptions = Omit<ClientOptions, 'apiKey'> & {
  /** The embed token that your server has signed; a function is asked before each question, so it may hand out the same one until it ends. */
  token: string | (() => string | Promise<string>);
};

/** Throws {@link import('./footfall-error.ts').FootfallError} when the portal refuses. */
export type EmbedClient = {
  /** Metrics by dimensions, as the token allows; its filters are part of every answer. */
  query<const M extends readonly Metric[], const D extends readonly Dimension[] = readonly []>(
    query: Query<M, D>,
    options?: CallOptions,
  ): Promise<Answer<M, D>>;
};

/** A client for pages of your own product, which holds no API key. */
export function createEmbedClient({ token, ...settings }: EmbedClientOptions): EmbedClient {
  return {
    query: async (query, options) => {
      const apiKey = typeof token === 'string' ? token : await token();
      const send = createTransport({ ...settings, apiKey });
      const response = await send({ path: '/api/embed/query', body: query, ...options });
      return response.json();
    },
  };
}
