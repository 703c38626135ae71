/// <reference path="./kafkajs.d.ts" />
/*
 * The one file that imports what kafkajs keeps beneath its public interface. docs/decisions/0009 says why we use it; kafkajs.test.ts
 * says what breaks when a version of kafkajs moves it.
 */
import Cluster, { type ClusterOptions } from 'kafkajs/src/cluster/index.js';
import loggers from 'kafkajs/src/loggers/index.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import createSocketFactory from 'kafkajs/src/network/socketFactory.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import protocolErrors from 'kafkajs/src/protocol/error.js';
import fetchRequest from 'kafkajs/src/protocol/requests/fetch/v11/request.js';

export type { Broker, Connection, Protocol, TopicOffsets } from 'kafkajs/src/cluster/index.js';
export { type Cluster, Encoder, fetchRequest };

// kafkajs 2.2.4 keeps a timer of 1 ms going on every connection, for requests that might be throttled though none waits
// (its issues 1556 and 1704; Node 24 warns of it): here only what waits sets one.
RequestQueue.prototype.scheduleCheckPendingRequests = function schedule(this: RequestQueue) {
  if (this.pending.length === 0 || this.throttleCheckTimeoutId !== null) return;
  const check = () => {
    this.throttleCheckTimeoutId = null;
    this.checkPendingRequests();
  };
  this.throttleCheckTimeoutId = setTimeout(check, Math.max(10, this.throttledUntil - Date.now()));
};

// What goes wrong reaches whoever asked, as an error; kafkajs would write it to the console besides, again and again.
const silent = loggers.createLogger({ level: 0, logCreator: () => () => undefined });

/** Connections and metadata of a cluster as kafkajs keeps them; nothing is connected yet, and nothing is logged. */
export function newCluster(options: Omit<ClusterOptions, 'logger' | 'socketFactory'>): Cluster {
  return new Cluster({ ...options, logger: silent, socketFactory: createSocketFactory() });
}

/** An error that a broker tells by number. */
export function protocolError(code: number): Error & { type: string; retriable: boolean } {
  return protocolErrors.createErrorFromCode(code);
}
