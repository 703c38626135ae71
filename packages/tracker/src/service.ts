import type { Extension } from './extension.ts';
import type { Consent } from './extensions/consent.ts';
import type { Identify } from './extensions/identify.ts';
import type { Shop } from './extensions/shop.ts';
import type { Track } from './options.ts';

/** A call that waits for the script: an event, or a function that is given the page's global once it counts. */
export type Call = Parameters<Track> | ((service: Service) => void);

/**
 * The page's global. A stub collects calls in an array until the script has loaded; then `q` takes what is pushed to it
 * at once, since the page may have kept a reference to the stub.
 */
export type Service = Partial<Shop> & {
  q: Call[] | { push(call: Call): unknown };
  track: Track;
  /** Of the part `consent`: what the visitor has decided. */
  consent?: Consent['set'];
  /** Of the part `identify`: who the visitor is to the shop. */
  identify?: Identify['set'];
  /** Of the part `privacy`: leaves this browser out from now on, or counts it again. */
  optOut?: (out?: boolean) => boolean;
  /** What the parts of this script have put there for the core to start with. */
  x?: Extension[];
  /** Set once a script of ours counts. */
  on?: 1;
};

declare global {
  interface Window {
    AnalyticsService?: Service;
  }
}

/** The global, made where the page has no stub. */
export const service: Service = window.AnalyticsService || ({ q: [] } as Partial<Service> as Service);
service.track = (...call) => service.q.push(call);
window.AnalyticsService = service;
