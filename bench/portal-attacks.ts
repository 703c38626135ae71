/** What strangers do at the portal's doors, without an account: what `bench:portal` measures. */

/** A request of an attacker. */
export type Knock = { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; body?: string };

export type PortalAttack = {
  name: string;
  /** Requests that it has open at a time. */
  connections: number;
  /** The n-th request. */
  knock(n: number): Knock;
};

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** A form of a server action, as the browser sends it: its arguments are the state before it and the form. */
function actionForm(id: string, fields: Readonly<Record<string, string>>): Omit<Knock, 'path'> {
  const mark = 'footfall-bench';
  const all = { ...Object.fromEntries(Object.entries(fields).map(([name, text]) => [`_1_${name}`, text])) };
  const parts = Object.entries({ ...all, 0: '[{},"$K1"]' }).map(
    ([name, text]) => `--${mark}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
  );
  return {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${mark}`, 'next-action': id },
    body: `${parts.join('')}--${mark}--\r\n`,
  };
}

/** The ids of the server actions that everyone may send. */
export type PublicActions = Readonly<Record<'signIn' | 'signUp' | 'requestReset', string>>;

const BRACKETS = '['.repeat(30_000) + ']'.repeat(30_000);

/** The attacks, most of them floods: what one network does as fast as it is answered. */
export function portalAttacks({ signIn, signUp, requestReset }: PublicActions): PortalAttack[] {
  const post = (path: string, body: string, headers: Record<string, string> = JSON_TYPE): Knock => ({
    method: 'POST',
    path,
    headers,
    body,
  });
  const get = (path: string): Knock => ({ method: 'GET', path, headers: {} });
  const password = 'a wrong password of somebody';
  return [
    {
      name: 'sign-in, made-up addresses',
      connections: 32,
      knock: (n) => ({
        path: '/sign-in',
        ...actionForm(signIn, { email: `nobody${n}@stranger.example`, password, next: '/' }),
      }),
    },
    {
      name: 'sign-in, one address',
      connections: 32,
      knock: () => ({
        path: '/sign-in',
        ...actionForm(signIn, { email: 'victim@shop.example', password, next: '/' }),
      }),
    },
    {
      name: 'sign-in, an address of 20,000 characters',
      connections: 16,
      knock: (n) => ({
        path: '/sign-in',
        ...actionForm(signIn, { email: `${'a'.repeat(19_000)}${n}@b.example`, password, next: '/' }),
      }),
    },
    {
      name: 'sign-up, made-up addresses',
      connections: 16,
      knock: (n) => ({
        path: '/sign-up',
        ...actionForm(signUp, { name: 'x', email: `new${n}@stranger.example`, password: `${password} ${n}` }),
      }),
    },
    {
      name: 'forgotten passwords of the shop',
      connections: 16,
      knock: () => ({
        path: '/forgot-password',
        ...actionForm(requestReset, { email: 'victim@shop.example' }),
      }),
    },
    {
      name: 'a form of 500 KB',
      connections: 16,
      knock: () => ({
        path: '/sign-in',
        ...actionForm(signIn, { email: 'x'.repeat(500_000), password, next: '/' }),
      }),
    },
    {
      name: 'a form of 5,000 fields',
      connections: 16,
      knock: () => ({
        path: '/sign-in',
        ...actionForm(signIn, Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`f${n}`, '']))),
      }),
    },
    {
      name: 'next-auth: made-up tokens',
      connections: 32,
      knock: (n) =>
        post('/api/auth/callback/credentials', `csrfToken=${n}&email=a@b.example&password=x`, FORM_TYPE),
    },
    {
      name: 'API: keys that nobody has',
      connections: 32,
      knock: (n) =>
        post('/api/v1/query', '{"site_id":"x","metrics":["visitors"],"date_range":"7d"}', {
          ...JSON_TYPE,
          authorization: `Bearer ffk_${String(n).padStart(43, 'x')}`,
        }),
    },
    {
      name: 'API: 60 KB of brackets',
      connections: 16,
      knock: () => post('/api/v1/query', BRACKETS, { ...JSON_TYPE, authorization: 'Bearer x' }),
    },
    { name: 'pages: the start', connections: 32, knock: () => get('/') },
    { name: 'pages: sign-in', connections: 32, knock: () => get('/sign-in') },
    {
      name: 'pages: made-up invitations',
      connections: 32,
      knock: (n) => get(`/invitations/${String(n).padStart(43, 'x')}`),
    },
    { name: 'pages: none such', connections: 32, knock: (n) => get(`/nowhere/${n}`) },
  ];
}
