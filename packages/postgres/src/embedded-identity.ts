import { execFileSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { postgresFailure } from './errors.ts';

/** As whom Postgres runs. It refuses to be root, and a user whom the system has no name for. */
export type Identity = {
  /** The command in front of its own. */
  prefix: readonly string[];
  /** User id that its data must belong to; absent: the one that everything here has. */
  owner?: number;
  /** What `spawn` changes to by itself. */
  spawn?: { uid: number; gid: number };
};

const NOBODY = 65_534;
const AS_NOBODY = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];

/**
 * In a user namespace our files stay our own while Postgres believes to be nobody, so that it works in folders that only
 * we may enter.
 */
const NAMESPACE: readonly string[] = ['unshare', ...AS_NOBODY];

/** Where namespaces are not permitted, as in most containers: nobody, who may enter root's folders all the same. */
const CAPABLE_NOBODY: readonly string[] = [
  'setpriv',
  `--reuid=${NOBODY}`,
  `--regid=${NOBODY}`,
  '--clear-groups',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
  '--',
];

const ROOTS_CHOICES: readonly Identity[] = [
  { prefix: NAMESPACE, owner: 0 },
  { prefix: CAPABLE_NOBODY, owner: NOBODY },
  { prefix: [], owner: NOBODY, spawn: { uid: NOBODY, gid: NOBODY } },
];

function hasName(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    // Node has no other way to say that the user is not in the system's list: `docker run --user 1234`.
    return false;
  }
}

function choices(): readonly Identity[] {
  if (process.getuid?.() === 0) return ROOTS_CHOICES;
  return hasName() ? [{ prefix: [] }] : [{ prefix: NAMESPACE }];
}

/** Runs a command to its end as an identity; throws when it cannot be run or ends with an error. */
function run(as: Identity, [command = '', ...args]: readonly string[]): void {
  execFileSync(command, args, { stdio: 'ignore', ...as.spawn });
}

function works(as: Identity, postgres: string, folder: string): boolean {
  try {
    const script = 'id -un && test -w "$1" && "$2" --version';
    run(as, [...as.prefix, 'sh', '-c', script, 'sh', folder, postgres]);
    return true;
  } catch {
    // Absent or not permitted: either way this machine cannot run it so.
    return false;
  }
}

/** Gives a file or folder to the identity, with all that it holds. */
export function giveTo(as: Identity, target: string): void {
  if (as.owner === undefined || statSync(target).uid === as.owner) return;
  execFileSync('chown', ['-R', `${as.owner}:${as.owner}`, target]);
}

/** Lets others pass through the folder above, without looking around: as they must where Postgres is another user. */
function letPass(folder: string): void {
  const above = path.dirname(folder);
  chmodSync(above, (statSync(above).mode & 0o7777) | 0o011);
}

/**
 * The first identity that can run `postgres` and write into `folder`.
 * @throws Failure `embedded_unavailable`
 */
export function identityFor(postgres: string, folder: string): Identity {
  const known = choices();
  // One with a name of its own needs no trial: what goes wrong is said better by Postgres.
  if (known[0]?.prefix.length === 0) return known[0];
  for (const as of known) {
    if (as.prefix.length === 0) {
      giveTo(as, folder);
      letPass(folder);
    }
    if (works(as, postgres, folder)) return as;
  }
  throw postgresFailure(
    'embedded_unavailable',
    `Postgres cannot run as user ${process.getuid?.()}, nor as another user who may use ${folder} and ${postgres}`,
  );
}
