import type { Command } from './command.ts';

const ALWAYS = '  --json            one JSON object instead of lines';

function optionLines({ options }: Command): string[] {
  return Object.entries(options).map(
    ([name, { meaning, required, repeatable }]) =>
      `  --${name.padEnd(16)}${meaning}${required ? '' : repeatable ? ' (any number)' : ' (optional)'}`,
  );
}

/** What all commands are, or what one of them takes. */
export function help(commands: Readonly<Record<string, Command>>, name?: string): string {
  const command = name === undefined ? undefined : commands[name];
  if (command === undefined) {
    const lines = Object.entries(commands).map(([each, { summary }]) => `  ${each.padEnd(18)}${summary}`);
    return [
      'npm run admin -- <command> [options]',
      '',
      ...lines,
      '',
      'npm run admin -- <command> --help tells its options',
    ].join('\n');
  }
  return [`npm run admin -- ${name}: ${command.summary}`, '', ...optionLines(command), ALWAYS].join('\n');
}
