import type { Command } from './command.ts';
import { BACKUP_COMMANDS } from './commands/backup.ts';
import { CLUSTER_COMMANDS } from './commands/cluster.ts';
import { DELETE_COMMANDS } from './commands/delete.ts';
import { IMPORT_COMMANDS } from './commands/imports.ts';
import { MOVE } from './commands/move.ts';
import { PEOPLE_COMMANDS } from './commands/people.ts';
import { PLAN_COMMANDS } from './commands/plan.ts';
import { RATE_COMMANDS } from './commands/rates.ts';
import { REBUILD } from './commands/rebuild.ts';
import { REMOVE_EVENTS } from './commands/remove-events.ts';
import { SITE_COMMANDS } from './commands/site.ts';
import { STATUS } from './commands/status.ts';
import { TENANT_COMMANDS } from './commands/tenant.ts';
import { VISITOR_COMMANDS } from './commands/visitor.ts';

/** Every command of the operator's CLI, by name. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  ...TENANT_COMMANDS,
  ...PEOPLE_COMMANDS,
  ...PLAN_COMMANDS,
  ...SITE_COMMANDS,
  ...RATE_COMMANDS,
  ...VISITOR_COMMANDS,
  ...IMPORT_COMMANDS,
  ...CLUSTER_COMMANDS,
  ...DELETE_COMMANDS,
  ...BACKUP_COMMANDS,
  'remove-events': REMOVE_EVENTS,
  rebuild: REBUILD,
  move: MOVE,
  status: STATUS,
};
