import { VARIABLES, type Variable } from './variables.ts';

const HEAD = `# Every variable of Footfall, each with its default. Made from packages/config/src/variables.ts by
# \`npm run env-example --workspace packages/config\`; a test fails when it is not current.
# Copy it to .env and uncomment what you change; nothing is needed to start. Unset and empty are the same.
`;

function entry([name, { meaning, default: standard, example }]: [string, Variable]): string {
  return `\n# ${meaning}\n# Default: ${standard}\n# ${name}=${example}\n`;
}

/** The content of .env.example. */
export function envExample(): string {
  return HEAD + Object.entries(VARIABLES).map(entry).join('');
}
