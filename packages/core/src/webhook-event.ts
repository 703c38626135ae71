/** What a tenant's webhooks can tell. */
export const WEBHOOK_EVENTS = ['site.first_event', 'site.silent', 'quota.warning', 'quota.exceeded'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** What somebody asks for to see whether deliveries arrive; every endpoint takes it. */
export const PING = 'ping';
