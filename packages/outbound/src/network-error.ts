import { Failure } from '@footfall/core/failure';
import { outboundFailure } from './errors.ts';

type Code = Parameters<typeof outboundFailure>[0];

/** What the codes of Node's errors mean here; the first row that fits. */
const MEANINGS: readonly (readonly [pattern: RegExp, code: Code, message: string])[] = [
  [/^ECONNREFUSED$/, 'refused', 'the host refuses the connection'],
  [/^HPE_HEADER_OVERFLOW$/, 'too_large', 'the headers of the answer are too long'],
  [
    /CERT|^ERR_TLS|^ERR_SSL|^EPROTO$|SELF_SIGNED|^UNABLE_TO_|HOSTNAME_MISMATCH/,
    'tls',
    'its TLS certificate is not valid',
  ],
  [/^HPE_|^Z_|^ERR__ERROR_FORMAT/, 'protocol', 'the answer is not valid HTTP'],
];

/** The failure that an error of the network is. */
export function toFailure(error: unknown, { isLate, host }: { isLate: boolean; host: string }): Failure {
  if (error instanceof Failure) return error;
  const options = { values: { host }, cause: error };
  if (isLate) return outboundFailure('timeout', `${host} took too long to answer`, options);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const [, kind, message] = MEANINGS.find(([pattern]) => pattern.test(code)) ?? [
    null,
    'unreachable' as const,
    'the connection broke',
  ];
  return outboundFailure(kind, `${host}: ${message}`, options);
}
