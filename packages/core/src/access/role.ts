/** What a member of a tenant is. */
export const TENANT_ROLES = ['owner', 'admin', 'editor', 'billing', 'viewer'] as const;
export type TenantRole = (typeof TENANT_ROLES)[number];

/** Staff of the platform: members of no tenant. */
export const STAFF_ROLES = ['operator', 'billing-admin'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export type Role = TenantRole | StaffRole;

export const ROLES: readonly Role[] = [...TENANT_ROLES, ...STAFF_ROLES];

/** The role of a tenant that a text names; null for any other text, so that an unknown role gains nothing. */
export function tenantRole(text: string): TenantRole | null {
  return TENANT_ROLES.find((role) => role === text) ?? null;
}
