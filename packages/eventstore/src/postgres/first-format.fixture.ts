import { storedEvent } from '@footfall/core/stored-event.fixture';

/** An event, and its body as the first format wrote it. */
export const FIRST_EVENT = {
  ...storedEvent({ title: 'Mug', occurredAt: 1_760_000_000_000, receivedAt: 1_760_000_000_250 }),
  logicVersion: 3,
};
export const FIRST_BODY = Buffer.from(
  'g6eazBRQtjNUgjd4cKaf4oz8Ar3UisTcgpxUUITCEpJvaToiBRiZoqUAkiIaS/DTL+7Jb/nAayhsDW/M6IKLIMUVIpJJTQXYsxhyZKGlM2zJAQA=',
  'base64',
);
