import { readFileSync } from 'node:fs';
import { type ConnectionOptions, getCACertificates, rootCertificates } from 'node:tls';
import { fileProblem } from '@footfall/files/file-problem';
import { postgresFailure } from './errors.ts';

/** How a connection is made: the URL without what says how TLS is spoken, and that; false: without TLS. */
export type Connection = { connectionString: string; ssl: ConnectionOptions | false };

/**
 * What `sslmode` asks for. The driver has meanings of its own, warns of them and will change them; these are ours: whoever asks for TLS
 * is sure of whom he talks to, unless he says that he does not want to know (docs/decisions/0064).
 */
const MODES: Readonly<Record<string, (tls: ConnectionOptions) => ConnectionOptions | false>> = {
  disable: () => false,
  require: (tls) => tls,
  'verify-full': (tls) => tls,
  // The chain is checked, the name is not.
  'verify-ca': (tls) => ({ ...tls, checkServerIdentity: () => undefined }),
  'no-verify': (tls) => ({ ...tls, rejectUnauthorized: false }),
};

/** Parameters of the URL that are files in PEM, and what they are to TLS. */
const FILES = { sslrootcert: 'ca', sslcert: 'cert', sslkey: 'key' } as const;
const SYSTEM = 'system';

function readPem(parameter: string, file: string): string | string[] {
  // As libpq 16 has it: whom the system trusts.
  if (parameter === 'sslrootcert' && file === SYSTEM)
    return [...rootCertificates, ...getCACertificates(SYSTEM)];
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const message = `${parameter}=${file} cannot be read: ${fileProblem(cause) ?? String(cause)}`;
    throw postgresFailure('tls_unusable', message, { where: parameter, cause });
  }
}

function readMode(mode: string | null, hasFiles: boolean): string {
  const wanted = mode ?? (hasFiles ? 'verify-full' : 'disable');
  if (Object.hasOwn(MODES, wanted)) return wanted;
  // `prefer` and `allow` go on without TLS where there is none, unasked; the driver cannot do that, and nobody should want it.
  throw postgresFailure('tls_unusable', `sslmode=${wanted} is not one of ${Object.keys(MODES).join(', ')}`, {
    where: 'sslmode',
  });
}

/**
 * Reads how TLS is to be spoken with the Postgres at a URL: `sslmode`, `sslrootcert`, `sslcert`, `sslkey`.
 * @throws Failure `tls_unusable` for a mode that is not known, and for a file that cannot be read
 */
export function readConnection(url: string): Connection {
  const [base = '', query = ''] = url.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const tls: Record<string, string | string[]> = {};
  for (const [parameter, option] of Object.entries(FILES)) {
    const file = parameters.get(parameter);
    if (file !== null) tls[option] = readPem(parameter, file);
    parameters.delete(parameter);
  }
  const mode = readMode(parameters.get('sslmode'), Object.keys(tls).length > 0);
  for (const name of ['sslmode', 'ssl', 'uselibpqcompat']) parameters.delete(name);
  const rest = parameters.toString();
  return {
    connectionString: rest === '' ? base : `${base}?${rest}`,
    ssl: MODES[mode]?.(tls) ?? false,
  };
}
