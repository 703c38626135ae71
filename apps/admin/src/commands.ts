import type { Command } from './command.ts';
import { CONTROL_COMMANDS } from './commands/control.ts';
import { STATUS } from './commands/status.ts';

/** Every command of the operator's CLI, by name. */
export const COMMANDS: Readonly<Record<string, Command>> = { ...CONTROL_COMMANDS, status: STATUS };
