import { readConfig } from '@footfall/config/config';
import { Failure } from '@footfall/core/failure';
import { oneLine } from '@footfall/installation/one-line';
import { trustOwnCertificate } from '@footfall/service/own-certificate';
import { COMMANDS } from './commands.ts';
import { adminFailure } from './errors.ts';
import { help } from './help.ts';
import { buildGrammar, checkOptions, parseArguments } from './options.ts';

/** Runs one command line; answers the exit code. Standard output carries the answer and nothing else. */
async function main(args: readonly string[]): Promise<number> {
  const { command: name, flags, given } = parseArguments(args, buildGrammar(COMMANDS, args));
  if (name === undefined || flags.has('help')) {
    console.log(help(COMMANDS, name));
    return name === undefined && !flags.has('help') ? 1 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw adminFailure(
      'unknown_command',
      `there is no command ${name}; allowed are ${Object.keys(COMMANDS).join(', ')}`,
    );
  }
  const values = checkOptions(name, command.options, given);
  const config = readConfig();
  trustOwnCertificate(config.tls);
  const { json, text, ok } = await command.run(values, config, given);
  console.log(flags.has('json') ? JSON.stringify(json) : text);
  return ok ? 0 : 1;
}

// Whatever a command writes is this user's alone.
process.umask(0o077);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const code = error instanceof Failure ? `${error.code}: ` : '';
  console.error(code + oneLine(error));
  process.exitCode = 1;
}
// An engine's driver that has failed may wait for its next try; nobody waits for that.
process.exit();
