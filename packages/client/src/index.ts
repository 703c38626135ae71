export { type Client, createClient, type Days } from './client.ts';
export { createEmbedClient, type EmbedClient, type EmbedClientOptions } from './embed.ts';
export { type FailureCode, FootfallError } from './footfall-error.ts';
export {
  type Answer,
  type Dimension,
  type Metric,
  type Named,
  named,
  type Query,
  type Row,
} from './query.ts';
export type { components, operations, paths } from './schema.ts';
export type { SitesClient } from './sites.ts';
export type { CallOptions, ClientOptions } from './transport.ts';
export { verifyWebhook, type WebhookToVerify } from './webhook.ts';
