'use client';

import type { TenantRole } from '@footfall/core/access/role';
import { SelectField } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';

type Props = { roles: readonly TenantRole[]; chosen: TenantRole; error?: string | undefined };

/** The roles that the reader may give, each with what it may do. */
export function RoleField({ roles, chosen, error }: Props) {
  const words = useWords('team');
  return (
    <SelectField label={words('role')} name="role" defaultValue={chosen} error={error}>
      {roles.map((role) => (
        <option key={role} value={role}>
          {words(`rolesWithRights.${role}`)}
        </option>
      ))}
    </SelectField>
  );
}
