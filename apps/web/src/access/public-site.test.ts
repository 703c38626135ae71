import { DEMO_DOMAIN, DEMO_LOGIN } from '@footfall/demo/login';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const world = vi.hoisted(() => ({
  demo: true,
  user: null as { id: string; isVerified: boolean } | null,
  tenants: [] as { tenantId: string }[],
  asked: [] as string[],
}));
vi.mock('#runtime/services.ts', () => ({ services: () => ({ config: { demo: world.demo }, database: {} }) }));
vi.mock('@footfall/db/account/user', () => ({
  findUserByEmail: async (_: unknown, email: string) => (email === DEMO_LOGIN.email ? world.user : null),
}));
vi.mock('@footfall/db/account/membership', () => ({ listMemberships: async () => world.tenants }));
vi.mock('@footfall/db/tenant/scope', () => ({
  inTenant: (_: unknown, tenantId: string) => ({
    sites: {
      find: async (domain: string) => {
        world.asked.push(`${tenantId} ${domain}`);
        return domain === DEMO_DOMAIN ? { id: 'site_demo', tenantId } : null;
      },
    },
  }),
}));

const { findPublicReader } = await import('./public-site.ts');

beforeEach(() => {
  Object.assign(world, {
    demo: true,
    user: { id: 'user_demo', isVerified: true },
    tenants: [{ tenantId: 'tenant_demo' }],
    asked: [],
  });
});

describe('the demo without signing in', () => {
  it('is the demo shop of the demo’s tenant, with a share of the reports for all of its readers', async () => {
    expect(await findPublicReader('/demo')).toEqual({
      site: { id: 'site_demo', tenantId: 'tenant_demo' },
      who: 'public:site_demo',
    });
    expect(world.asked).toEqual(['tenant_demo shop.example']);
  });

  it.each([
    ['the installation has no demo', { demo: false }],
    ['nobody has its address', { user: null }],
    ['its address was never confirmed', { user: { id: 'user_x', isVerified: false } }],
    ['it has no tenant', { tenants: [] }],
  ])('is not there where %s', async (_, change) => {
    Object.assign(world, change);
    expect(await findPublicReader('/demo')).toBeNull();
    expect(world.asked).toEqual([]);
  });
});
