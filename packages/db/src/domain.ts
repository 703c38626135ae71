import { controlFailure } from './errors.ts';

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * A site's domain as it is kept: a pasted address is cut to its host (and port), in lower case, without `www.`;
 * international names in their ASCII form.
 * @throws Failure `invalid_domain`
 */
export function normaliseDomain(text: string): string {
  const host =
    text
      .trim()
      .replace(/^[a-z]+:\/\//i, '')
      .split(/[/?#]/, 1)[0] ?? '';
  const parsed = host !== '' && URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`) : null;
  const name = parsed?.hostname.replace(/^www\./, '') ?? '';
  const valid =
    name.startsWith('[') ||
    (name.length <= 253 && name !== '' && name.split('.').every((label) => LABEL.test(label)));
  if (parsed === null || parsed.username !== '' || !valid) {
    throw controlFailure('invalid_domain', `${JSON.stringify(text)} is no domain, such as shop.example`, {
      where: 'domain',
    });
  }
  return parsed.port === '' ? name : `${name}:${parsed.port}`;
}
