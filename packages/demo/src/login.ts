/** How one signs in to the demo shop. Known to everybody, so it opens on loopback only. */
export const DEMO_LOGIN = { email: 'demo@footfall.local', password: 'demo-footfall' } as const;

/** Whether somebody signs in with what everybody knows. With another password the account is as any other. */
export function isDemoLogin({ email, password }: { email: string; password: string }): boolean {
  return email.trim().toLowerCase() === DEMO_LOGIN.email && password === DEMO_LOGIN.password;
}

/** The domain of the demo shop, which nobody else can have: it is reserved for examples. */
export const DEMO_DOMAIN = 'shop.example';
