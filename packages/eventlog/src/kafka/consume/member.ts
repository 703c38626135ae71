import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { within } from '@footfall/timing/deadline';
import { Signal } from '@footfall/timing/signal';
import { eventLogFailure } from '../../errors.ts';
import type { StreamPartition } from '../../event-log.ts';
import { errorType, REQUEST_TIMEOUT_MS } from '../client/cluster.ts';
import type { Connections } from '../client/connections.ts';
import type { Cluster } from '../client/kafkajs.ts';
import { findCoordinator, type Standing } from '../client/offsets.ts';
import {
  decodeAssignment,
  decodeMember,
  encodeAssignment,
  encodeMember,
  PROTOCOL,
} from '../protocol/membership-codec.ts';
import { assign } from './assignment.ts';

/** How long the partitions of a member that is heard no more stay with it. */
export const SESSION_MS = 10_000;
/** A member stops believing in what it holds this long before the group does. */
const SESSION_MARGIN_MS = 2_000;
const HEARTBEAT_MS = 1_000;
/** How long the group waits for a member to join again. Members do so within a heartbeat, whatever they have in hand. */
const REBALANCE_MS = 10_000;
/** Between a failure and the next try. */
const RETRY: Backoff = { min: 200, max: 2_000 };

const late = (what: string) => () => new Error(`${what} took longer than ${REQUEST_TIMEOUT_MS} ms`);

export type MemberOptions = {
  groupId: string;
  streams: readonly string[];
  /** Where joining may wait: nothing that is urgent goes over these. */
  connections: Connections;
  /** Partitions in this member's hands now. */
  holds: () => readonly StreamPartition[];
  /**
   * Told what the member may hold as of now. Answers whether it has let go of anything that it held when it joined, so that
   * others wait for it to join again.
   */
  onAssigned: (partitions: readonly StreamPartition[]) => boolean;
  /** Told that the group has gone on without this member: all that it held is in other hands. */
  onLost: () => void;
  onError: (error: unknown) => void;
};

/** A generation whose assignment this member knows. */
type Known = { memberId: string; generation: number };

/**
 * Membership in a consumer group of Kafka, by the group protocol itself. Heartbeats go on whatever the handlers do; when the group
 * changes, the member joins again at once, keeping what it holds, and lets go only of what the assignment leaves out.
 */
export class GroupMember {
  readonly #options: MemberOptions;
  #memberId = '';
  #known: Known | undefined;
  /** Until when this process may believe that it holds what it holds, by its own monotonic clock. */
  #believedUntil = 0;
  /** What the assignment was made from, as the leader saw it; only the leader has it. */
  #counts: string | undefined;
  #mustJoin = true;
  #left = false;
  readonly #changed = new Signal();
  readonly #hurry = new Signal();
  #loop: Promise<void> | undefined;

  constructor(options: MemberOptions) {
    this.#options = options;
  }

  /** Begins; {@link GroupMember.settled} tells when it is a member. */
  start(): void {
    this.#loop = this.#live();
  }

  /** Whether the group still counts on this member, as far as it can know. */
  isAlive(): boolean {
    return this.#known !== undefined && performance.now() < this.#believedUntil;
  }

  /** What commits are made with; undefined when it is not a member, or not yet. */
  standing(): Standing | undefined {
    return this.#known === undefined ? undefined : { groupId: this.#options.groupId, ...this.#known };
  }

  /** Resolves when its standing is another one than this, or after so many milliseconds. */
  async settled(than: Standing | undefined, ms: number): Promise<void> {
    const same = () => this.standing()?.generation === than?.generation && !this.#left;
    for (const deadline = performance.now() + ms; same() && performance.now() < deadline; )
      await this.#changed.wait(deadline - performance.now());
  }

  /** Tells the group without delay that something is free. */
  release(): void {
    this.#mustJoin = true;
    this.#hurry.notify();
  }

  /** Leaves the group at once, over connections on which no request waits. */
  async leave(connections: Connections): Promise<void> {
    this.#left = true;
    this.#hurry.notify();
    const [memberId, groupId] = [this.#memberId, this.#options.groupId];
    if (memberId !== '') {
      const leaving = connections.use(async (cluster) =>
        (await findCoordinator(cluster, groupId)).leaveGroup({ groupId, memberId }),
      );
      // Without the broker the session runs out by itself.
      await within(REQUEST_TIMEOUT_MS, leaving, late('leaving the group')).catch(this.#options.onError);
    }
    this.#known = undefined;
    this.#changed.notify();
    await this.#loop;
  }

  async #live(): Promise<void> {
    let failures = 0;
    while (!this.#left) {
      const joining = this.#mustJoin;
      try {
        await (joining ? this.#join() : this.#beat());
        failures = 0;
        if (!this.#mustJoin && !this.#left) await this.#hurry.wait(HEARTBEAT_MS);
      } catch (error) {
        if (joining) this.#mustJoin = true;
        if (this.#left || this.#understands(error)) continue;
        this.#options.onError(error);
        failures += 1;
        await this.#hurry.wait(backoffPause(failures, RETRY));
      }
    }
  }

  /** Whether an error only says what the group is doing; then the member follows. */
  #understands(error: unknown): boolean {
    const type = errorType(error);
    if (type === 'REBALANCE_IN_PROGRESS' || type === 'ILLEGAL_GENERATION') {
      // The second: it has joined a generation of which it did not hear the end. What it said that it holds is still its own.
      this.#mustJoin = true;
      return true;
    }
    if (type !== 'UNKNOWN_MEMBER_ID') return false;
    const wasMember = this.#known !== undefined;
    this.#memberId = '';
    this.#known = undefined;
    this.#mustJoin = true;
    this.#options.onLost();
    this.#changed.notify();
    if (wasMember) {
      const message = `the group ${this.#options.groupId} has gone on without this consumer, which was silent for too long`;
      this.#options.onError(eventLogFailure('lease_lost', message));
    }
    return true;
  }

  async #join(): Promise<void> {
    const { groupId, streams, connections } = this.#options;
    await connections.use(async (cluster) => {
      const coordinator = await findCoordinator(cluster, groupId);
      this.#mustJoin = false;
      const holds = [...this.#options.holds()];
      const metadata = encodeMember({ streams, holds, generation: this.#known?.generation ?? -1 });
      const joined = await coordinator.joinGroup({
        groupId,
        sessionTimeout: SESSION_MS,
        rebalanceTimeout: REBALANCE_MS,
        memberId: this.#memberId,
        groupProtocols: [{ name: PROTOCOL, metadata }],
      });
      this.#memberId = joined.memberId;
      const asked = performance.now();
      const isLeader = joined.leaderId === joined.memberId;
      const { memberAssignment } = await coordinator.syncGroup({
        groupId,
        generationId: joined.generationId,
        memberId: joined.memberId,
        groupAssignment: isLeader ? await this.#plan(cluster, joined.members) : [],
      });
      if (!isLeader) this.#counts = undefined;
      this.#known = { memberId: joined.memberId, generation: joined.generationId };
      this.#believedUntil = asked + SESSION_MS - SESSION_MARGIN_MS;
      if (this.#options.onAssigned(decodeAssignment(memberAssignment))) this.#mustJoin = true;
      this.#changed.notify();
    });
  }

  async #plan(cluster: Cluster, members: readonly { memberId: string; memberMetadata: Buffer }[]) {
    const decoded = members.map(({ memberId, memberMetadata }) => decodeMember(memberId, memberMetadata));
    const streams = new Set(decoded.flatMap((member) => member.streams));
    await cluster.addMultipleTargetTopics([...streams]);
    await cluster.refreshMetadata();
    const counts = new Map([...streams].map((stream) => [stream, countPartitions(cluster, stream)]));
    this.#counts = JSON.stringify([...counts]);
    return encodeAssignment(assign(counts, decoded));
  }

  async #beat(): Promise<void> {
    const { groupId, connections } = this.#options;
    const { memberId, generation } = this.#known ?? { memberId: '', generation: -1 };
    await connections.use(async (cluster) => {
      const asked = performance.now();
      const coordinator = await findCoordinator(cluster, groupId);
      const beating = coordinator.heartbeat({ groupId, groupGenerationId: generation, memberId });
      await within(REQUEST_TIMEOUT_MS, beating, late('a heartbeat'));
      this.#believedUntil = asked + SESSION_MS - SESSION_MARGIN_MS;
      if (this.#counts !== undefined && this.#counts !== this.#recount(cluster)) this.#mustJoin = true;
    });
  }

  /** Partitions as the metadata has them now: the leader has the group assigned anew when some were added. */
  #recount(cluster: Cluster): string {
    const known = JSON.parse(this.#counts ?? '[]') as [stream: string, count: number][];
    return JSON.stringify(known.map(([stream]) => [stream, countPartitions(cluster, stream)]));
  }
}

const countPartitions = (cluster: Cluster, stream: string) =>
  cluster.findTopicPartitionMetadata(stream).length;
