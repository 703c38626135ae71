/** Names of hosts as reports show them: without a leading `www.` and a closing dot, in small letters, international ones in their own script. */

const ACE = 'xn--';
/** A label has 63 characters; what is longer is none that a name server knows, and would take long to decode. */
const MAX_LABEL = 63;

/** Numbers of RFC 3492, section 5. */
const [BASE, T_MIN, T_MAX, SKEW, DAMP, FIRST_BIAS, FIRST_N] = [36, 1, 26, 38, 700, 72, 128];

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) / 2) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

const digitValue = (digit: string | undefined): number =>
  digit === undefined ? BASE : '0123456789'.includes(digit) ? 26 + Number(digit) : digit.charCodeAt(0) - 97;

/** A number of variable length; null where the text ends within it or it is none. */
function readNumber(text: string, from: number, bias: number): { value: number; next: number } | null {
  let value = 0;
  let weight = 1;
  for (let [k, next] = [BASE, from]; ; k += BASE) {
    const digit = digitValue(text[next]);
    if (digit < 0 || digit >= BASE) return null;
    next += 1;
    value += digit * weight;
    const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
    if (digit < threshold) return { value, next };
    weight *= BASE - threshold;
    if (value > 0x7fffffff || weight > 0x7fffffff) return null;
  }
}

/** The letters of a label behind `xn--`; null where it is not Punycode (RFC 3492, section 6.2). */
function decodePunycode(text: string): string | null {
  const hyphen = text.lastIndexOf('-');
  const letters = Array.from(hyphen < 0 ? '' : text.slice(0, hyphen), (letter) => letter.charCodeAt(0));
  let [n, i, bias, at] = [FIRST_N, 0, FIRST_BIAS, hyphen + 1];
  while (at < text.length) {
    const number = readNumber(text, at, bias);
    if (number === null) return null;
    const count = letters.length + 1;
    const end = i + number.value;
    bias = adapt(number.value, count, i === 0);
    n += Math.floor(end / count);
    if (n > 0x10ffff) return null;
    i = end % count;
    letters.splice(i, 0, n);
    i += 1;
    at = number.next;
  }
  return String.fromCodePoint(...letters);
}

/** A label in its own script; as written where its Punycode is none that stands for it. */
function shownLabel(label: string): string {
  if (!label.startsWith(ACE) || label.length > MAX_LABEL) return label;
  const decoded = decodePunycode(label.slice(ACE.length));
  if (decoded === null) return label;
  const address = `http://${decoded}.x/`;
  return URL.canParse(address) && new URL(address).hostname === `${label}.x` ? decoded : label;
}

/** A name of a host with the labels of its own script: `xn--mnchen-3ya.example` is `münchen.example`. A port stays. */
export function shownHost(host: string): string {
  return host.includes(ACE) ? host.split('.').map(shownLabel).join('.') : host;
}

/** Whether a host is the domain, or lies below it; both in small letters. */
export function isHostWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** A host as reports, filters and rules compare it. */
export function hostText(host: string): string {
  return shownHost(host.toLowerCase().replace(/\.$/, '')).replace(/^www\./, '');
}
