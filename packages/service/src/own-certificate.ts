import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, rootCertificates } from 'node:tls';
import { Agent, setGlobalDispatcher } from 'undici';
import { readTls, type TlsFiles } from './tls.ts';

/**
 * Lets `fetch` of this process trust the certificate that our services answer with, whatever name it bears: they are asked by
 * address. All other certificates are checked as ever. Without TLS nothing changes.
 * @throws Failure `tls_unusable`
 */
export function trustOwnCertificate(tls: TlsFiles | null): void {
  if (tls === null) return;
  const pem = readTls(tls).cert.toString('utf8');
  const own = new X509Certificate(pem).raw;
  setGlobalDispatcher(
    new Agent({
      connect: {
        ca: [...rootCertificates, pem],
        // One that an authority has signed is trusted itself, too, without the authority's own.
        allowPartialTrustChain: true,
        checkServerIdentity: (host, certificate) =>
          certificate.raw.equals(own) ? undefined : checkServerIdentity(host, certificate),
      },
    }),
  );
}
