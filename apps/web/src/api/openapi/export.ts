import { EXPORTED_TEXTS } from '@footfall/core/dimension';
import { arraySchema, objectSchema, oneOfTexts, type Schema } from './json-schema.ts';

/** An exported event: its columns in a CSV, its properties in JSONL. The test holds them to what exports write. */

const TEXT: Schema = { type: 'string' };
const WHOLE: Schema = { type: 'integer' };
const INSTANT: Schema = { type: 'string', format: 'date-time' };
const FLAG: Schema = { type: 'boolean' };
const ITEM = objectSchema(
  { sku: TEXT, name: TEXT, category: TEXT, price: TEXT, quantity: { type: 'number' } },
  ['name', 'category', 'price'],
);

export const EXPORT_MEANINGS: Readonly<Record<string, { of: Schema; meaning: string }>> = {
  id: { of: TEXT, meaning: 'Id of the event' },
  name: { of: TEXT, meaning: 'Its name, such as pageview' },
  occurred_at: { of: INSTANT, meaning: 'When it happened, with the offset of the site’s zone' },
  received_at: { of: INSTANT, meaning: 'When it came in' },
  visitor: { of: TEXT, meaning: 'Who it was on that day; another text on every day' },
  user: { of: TEXT, meaning: 'Who it was across days, where you said so' },
  url: { of: TEXT, meaning: 'Address as it was sent' },
  hostname: { of: TEXT, meaning: 'Its host, without www.' },
  page: { of: TEXT, meaning: 'Its path' },
  title: { of: TEXT, meaning: 'Title of the page' },
  referrer: { of: TEXT, meaning: 'Address of the page before' },
  ...Object.fromEntries(EXPORTED_TEXTS.map(({ name, meaning }) => [name, { of: TEXT, meaning }])),
  bot: { of: FLAG, meaning: 'A bot: not in reports unless asked for' },
  interactive: { of: FLAG, meaning: 'It ends a bounce' },
  props: {
    of: { type: 'object', additionalProperties: TEXT },
    meaning: 'Its properties; JSON in a CSV',
  },
  revenue_amount: { of: TEXT, meaning: 'Amount, decimal text as it was sent' },
  revenue_currency: { of: TEXT, meaning: 'Currency of the amount, ISO 4217' },
  order: { of: TEXT, meaning: 'Order number' },
  items: { of: arraySchema(ITEM), meaning: 'Items of the order; JSON in a CSV' },
  scroll: { of: { type: 'number' }, meaning: 'Scroll depth in percent, of engagement' },
  engaged_ms: { of: WHOLE, meaning: 'Engaged time in milliseconds, of engagement' },
  user_agent: { of: TEXT, meaning: 'User agent that device, browser and system were read from' },
  device_model: { of: TEXT, meaning: 'Model that the browser told beside it' },
  platform_version: { of: TEXT, meaning: 'Version of the system that it told beside it' },
  network: {
    of: TEXT,
    meaning: 'Network that the place was looked up by, /24 or /48: no address of anybody',
  },
};

const ALWAYS = ['id', 'name', 'occurred_at', 'received_at', 'visitor', 'url', 'hostname', 'page'];

const PROPERTIES = Object.fromEntries(
  Object.entries(EXPORT_MEANINGS).map(([name, { of, meaning }]) => [name, { ...of, description: meaning }]),
);

export const exportSchemas: Readonly<Record<string, Schema>> = {
  ExportFormat: { ...oneOfTexts(['csv', 'jsonl', 'parquet']), default: 'csv' },
  ExportedEvent: {
    ...objectSchema(
      PROPERTIES,
      Object.keys(PROPERTIES).filter((name) => !ALWAYS.includes(name)),
    ),
    description: 'What an event does not have is absent',
  },
};
