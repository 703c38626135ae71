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

/** The role of staff that a text names; null for any other, and for no text. */
export function staffRole(text: string | null): StaffRole | null {
  return STAFF_ROLES.find((role) => role === text) ?? null;
}

/**
 * Whether a member may give somebody this role, or take it from them: owners every role, admins all but the owner's, so that nobody
 * makes themselves more than they are.
 */
export function mayAssign(actor: Role, role: TenantRole): boolean {
  return actor === 'owner' || (actor === 'admin' && role !== 'owner');
}
