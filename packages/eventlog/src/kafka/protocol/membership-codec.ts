import { AssignerProtocol } from 'kafkajs';
import type { StreamPartition } from '../../event-log.ts';
import type { Assignment, Member } from '../consume/assignment.ts';

/** The name under which members agree on how partitions are assigned: another way of doing it has another name. */
export const PROTOCOL = 'footfall-1';
const VERSION = 1;

const { MemberMetadata, MemberAssignment } = AssignerProtocol;

type Partitions = { [stream: string]: number[] };

function groupByStream(partitions: readonly StreamPartition[]): Partitions {
  const groups = Map.groupBy(partitions, ({ stream }) => stream);
  return Object.fromEntries(
    [...groups].map(([stream, own]) => [stream, own.map(({ partition }) => partition)]),
  );
}

function toStreamPartitions(partitions: Partitions): StreamPartition[] {
  return Object.entries(partitions).flatMap(([stream, own]) =>
    own.map((partition) => ({ stream, partition })),
  );
}

/** What a member says of itself when it joins. */
export function encodeMember({ streams, holds, generation }: Omit<Member, 'id'>): Buffer {
  const userData = Buffer.from(JSON.stringify({ generation, holds: groupByStream(holds) }));
  return MemberMetadata.encode({ version: VERSION, topics: [...streams], userData });
}

export function decodeMember(id: string, metadata: Buffer): Member {
  const decoded = MemberMetadata.decode(metadata);
  if (decoded === null) throw new Error(`member ${id} of the group says nothing of itself`);
  // A member of another version may say less, or more.
  const { generation = -1, holds = {} } = JSON.parse(String(decoded.userData)) as {
    generation?: number;
    holds?: Partitions;
  };
  return { id, streams: decoded.topics, holds: toStreamPartitions(holds), generation };
}

/** What the leader tells each member. */
export function encodeAssignment(assignment: Assignment): { memberId: string; memberAssignment: Buffer }[] {
  return [...assignment].map(([memberId, partitions]) => ({
    memberId,
    memberAssignment: MemberAssignment.encode({
      version: VERSION,
      assignment: groupByStream(partitions),
      userData: Buffer.alloc(0),
    }),
  }));
}

/** What a member is told; nothing when the answer is empty. */
export function decodeAssignment(bytes: Buffer): StreamPartition[] {
  return toStreamPartitions(MemberAssignment.decode(bytes)?.assignment ?? {});
}
