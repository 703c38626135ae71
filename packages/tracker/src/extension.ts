import type { Track, TrackOptions } from './options.ts';

type Callback = TrackOptions['callback'];

/** An event as it is sent. Its id and time are its own from the beginning, so it may wait before it leaves. */
export type TrackedEvent = Omit<TrackOptions, 'callback' | 'url'> & {
  id: string;
  name: string;
  url: string;
  /** Epoch milliseconds. */
  ts: number;
  title: string;
  /** Width and height in CSS pixels. */
  screen: [number, number];
  lang: string;
  referrer?: string | undefined;
  /** Routes of the page stand behind `#` in `url`. */
  hash?: boolean | undefined;
  /** Deepest point seen in percent and milliseconds of attention; of `engagement` only. */
  scroll?: number;
  engaged_ms?: number;
  /** Milliseconds since the page view that it belongs to. */
  since_ms?: number;
  /** Who it is to the shop; only where `identify` was asked to say it. */
  user?: string;
};

/** Takes an event towards the collector, or lets it go no further; then the callback is told false by `settle`. */
export type Send = (event: TrackedEvent, callback?: Callback) => void;

/** What an extension works on. It counts by `track`, and changes or holds events by putting its own `send` before this one. */
export type Tracker = { track: Track; send: Send };

/** Joins the tracker as it starts, before the first pageview. The last to join sees an event first. */
export type Extension = (tracker: Tracker) => void;
