/** What a page asks its content security policies for. */
export type PolicyQuestion = {
  kind: 'script' | 'connect';
  /** What is to be loaded, or connected to. */
  target: URL;
  page: URL;
  /** Of the script's tag; empty: it has none. */
  nonce: string;
};

/** Directives that say it, the first that a policy has counts. */
const DIRECTIVES = {
  script: ['script-src-elem', 'script-src', 'default-src'],
  connect: ['connect-src', 'default-src'],
} as const;

const HOST_SOURCE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^:/]+)(?::(\d+|\*))?(\/.*)?$/i;

/** A scheme of a source is also that scheme with TLS. */
const fitsScheme = (source: string, scheme: string) => scheme === source || scheme === `${source}s`;

const readScheme = (url: URL) => url.protocol.slice(0, -1);

function fitsHost(source: string, host: string): boolean {
  if (source === '*') return true;
  return source.startsWith('*.') ? host.endsWith(source.slice(1)) : host === source;
}

function fitsPath(source: string | undefined, path: string): boolean {
  if (source === undefined || source === '/') return true;
  return source.endsWith('/') ? path.startsWith(source) : path === source;
}

/** Whether one source of a directive stands for the target; https://www.w3.org/TR/CSP3/#match-url-to-source-expression */
function allowsSource(source: string, { target, page, nonce }: PolicyQuestion): boolean {
  const text = source.toLowerCase();
  if (text === '*') return ['http', 'https', readScheme(page)].includes(readScheme(target));
  if (text === "'self'") return target.host === page.host && fitsScheme(readScheme(page), readScheme(target));
  if (text.startsWith("'nonce-")) return nonce !== '' && source.slice(7, -1) === nonce;
  if (text.startsWith("'")) return false;
  if (/^[a-z][a-z0-9+.-]*:$/.test(text)) return fitsScheme(text.slice(0, -1), readScheme(target));
  const [, scheme = readScheme(page), host = '', port, path] = HOST_SOURCE.exec(text) ?? [];
  if (!fitsScheme(scheme, readScheme(target)) || !fitsHost(host, target.hostname)) return false;
  return (
    (port === undefined ? target.port === '' : port === '*' || port === target.port) &&
    fitsPath(path, target.pathname)
  );
}

function readPolicy(policy: string): Map<string, string[]> {
  const directives = new Map<string, string[]>();
  for (const part of policy.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    if (!directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

/** Whether one policy allows it. With `strict-dynamic` hosts mean nothing, only the nonce of the script. */
function allows(policy: string, question: PolicyQuestion): boolean {
  const directives = readPolicy(policy);
  const name = DIRECTIVES[question.kind].find((directive) => directives.has(directive));
  if (name === undefined) return true;
  const sources = directives.get(name) ?? [];
  const isStrict =
    question.kind === 'script' && sources.some((source) => source.toLowerCase() === "'strict-dynamic'");
  const counting = isStrict ? sources.filter((source) => /^'nonce-/i.test(source)) : sources;
  return counting.some((source) => allowsSource(source, question));
}

/** Whether all policies of a page allow it; each may hold several, with commas between. */
export function policiesAllow(policies: readonly string[], question: PolicyQuestion): boolean {
  return policies.flatMap((text) => text.split(',')).every((policy) => allows(policy, question));
}
