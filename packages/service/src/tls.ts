import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { failures } from '@footfall/core/failure';

const tlsFailure = failures({ tls_unusable: { status: 500, retriable: false } });

/** Paths of PEM files. */
export type TlsFiles = { certFile: string; keyFile: string };

/** What a server needs to speak TLS. */
export type TlsContent = { cert: Buffer; key: Buffer };

type TlsVariable = 'TLS_CERT' | 'TLS_KEY';

function unusable(variable: TlsVariable, problem: string, cause?: unknown) {
  return tlsFailure('tls_unusable', `${variable}: ${problem}`, { where: variable, cause });
}

function readPem(variable: TlsVariable, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw unusable(variable, `${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`, cause);
  }
}

function parse<T>(variable: TlsVariable, { file, kind }: { file: string; kind: string }, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw unusable(variable, `${file} is not ${kind} in PEM`, cause);
  }
}

/**
 * Reads a certificate and its key, and checks that they belong together.
 * @throws Failure `tls_unusable` naming the variable of the file that cannot be used
 */
export function readTls({ certFile, keyFile }: TlsFiles): TlsContent {
  const [cert, key] = [readPem('TLS_CERT', certFile), readPem('TLS_KEY', keyFile)];
  const certificate = parse(
    'TLS_CERT',
    { file: certFile, kind: 'a certificate' },
    () => new X509Certificate(cert),
  );
  const privateKey: KeyObject = parse(
    'TLS_KEY',
    { file: keyFile, kind: 'a private key without a passphrase' },
    () => createPrivateKey(key),
  );
  if (!certificate.checkPrivateKey(privateKey))
    throw unusable('TLS_KEY', `${keyFile} is not the key of the certificate in ${certFile}`);
  return { cert, key };
}
