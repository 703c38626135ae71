import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openToken, verifyToken } from './token/verify.ts';

const page = readFileSync(new URL('../../../docs/embeds.md', import.meta.url), 'utf8');
/** The first example of a language. */
const example = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';

const SECRET = `ffe_${'s'.repeat(43)}`;
const text = (secret: string) => JSON.stringify(secret);

type Signer = { language: string; command: string; args: string[]; call: (secret: string) => string };

/** What runs each example, and what prints the token of a grant. */
const SIGNERS: Signer[] = [
  {
    language: 'js',
    command: process.execPath,
    args: ['--input-type=module', '-'],
    call: (secret) =>
      `process.stdout.write(signEmbedToken({ sites: ['site_1'], reports: ['overview'], filters: [['is', 'event:props:seller', ['42 ö']]] }, { kid: 'embed_1', secret: ${text(secret)} }));`,
  },
  {
    language: 'python',
    command: 'python3',
    args: ['-'],
    call: (secret) =>
      `print(sign_embed_token({"sites": ["site_1"], "reports": ["overview"], "filters": [["is", "event:props:seller", ["42 ö"]]]}, "embed_1", ${text(secret)}), end="")`,
  },
  {
    language: 'php',
    command: 'php',
    args: [],
    call: (secret) =>
      `echo sign_embed_token(['sites' => ['site_1'], 'reports' => ['overview'], 'filters' => [['is', 'event:props:seller', ['42 ö']]]], 'embed_1', ${text(secret)});`,
  },
  {
    language: 'ruby',
    command: 'ruby',
    args: ['-'],
    call: (secret) =>
      `print sign_embed_token({ sites: ['site_1'], reports: ['overview'], filters: [['is', 'event:props:seller', ['42 ö']]] }, kid: 'embed_1', secret: ${text(secret)})`,
  },
];

const isHere = ({ command }: Signer) => spawnSync(command, ['--version']).status === 0;

function run({ language, command, args, call }: Signer, secret: string) {
  const input = `${example(language)}\n${call(secret)}\n`;
  return spawnSync(command, args, { input, encoding: 'utf8' });
}

// The languages that this machine has; Node is always here.
const HERE = SIGNERS.filter(isHere);

test.each(HERE.map((signer) => [signer.language, signer] as const))(
  'the example in %s signs what is verified, and refuses a secret that was copied badly',
  (_, signer) => {
    expect(example(signer.language)).toContain('white space');
    const { stdout, stderr } = run(signer, SECRET);
    expect(stderr).toBe('');
    const claims = verifyToken(openToken(stdout), { secrets: [SECRET], now: Date.now() / 1_000 });
    expect(claims).toMatchObject({ sites: ['site_1'], filters: [['is', 'event:props:seller', ['42 ö']]] });
    for (const wrong of [`${SECRET}\n`, 'short']) expect(run(signer, wrong).stdout).toBe('');
  },
);
