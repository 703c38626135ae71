import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A service of a compose file, as far as tests look at it. */
export type ComposeService = {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  extends?: { file: string; service: string };
  healthcheck?: { test?: string[]; disable?: boolean };
  ports?: string[];
  restart?: string;
  volumes?: string[];
  deploy?: { resources?: { limits?: { cpus?: string; memory?: string } } };
};

export type ComposeFile = { services: Record<string, ComposeService>; volumes: Record<string, null> };

export const ROOT = new URL('../../../', import.meta.url);

export const COMPOSE_FILES = ['docker-compose.yml', 'docker-compose.postgres.yml'] as const;

export function readText(file: string): string {
  return readFileSync(new URL(file, ROOT), 'utf8');
}

/** The file as it is written, with the anchors of YAML in place. */
export function parseCompose(text: string): ComposeFile {
  return parse(text, { merge: true }) as ComposeFile;
}

/** A service with what it extends: mappings are merged, everything else replaces. */
function extended(service: ComposeService): ComposeService {
  if (service.extends === undefined) return service;
  const { extends: from, ...own } = service;
  const base = parseCompose(readText(from.file)).services[from.service] ?? {};
  return {
    ...base,
    ...own,
    environment: { ...base.environment, ...own.environment },
    depends_on: { ...base.depends_on, ...own.depends_on },
  };
}

/** The file as compose understands it. */
export function readCompose(file: string): ComposeFile {
  const compose = parseCompose(readText(file));
  const services = Object.entries(compose.services).map(([name, service]) => [name, extended(service)]);
  return { ...compose, services: Object.fromEntries(services) };
}

/** Variables that an operator must give, those written `${NAME:?what to do}`, in both files. */
export function givenVariables(text: string): string[] {
  return [...new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name = '']) => name))].sort();
}

/** A value as compose fills it in: what must be given is its own name, long enough for a secret; what may be is its default. */
export function fillIn(value: string | number): string {
  return String(value).replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) =>
    kind === '-' ? rest : name.padEnd(32, 'x'),
  );
}
