import { createStaff } from '@footfall/db/account/staff';
import { addTeamAccount } from '@footfall/db/tenant/add-account';
import { type Command, result } from '../command.ts';
import { ACTOR, withDatabase } from '../database.ts';
import { PASSWORD_OPTIONS, readPassword } from '../password.ts';

const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Commands that make accounts: of a tenant's team, and of the platform's staff. */
export const PEOPLE_COMMANDS: Readonly<Record<string, Command>> = {
  'add-member': {
    summary: 'adds somebody to the team of a tenant; whoever has an account keeps their password',
    options: {
      tenant: { meaning: 'id of the tenant', required: true, example: 'tenant_…' },
      email: { meaning: 'e-mail address of the member', required: true, example: 'ann@kiln.example' },
      role: { meaning: 'owner, admin, editor, billing or viewer', required: true, example: 'editor' },
      sites: {
        meaning: 'ids of the only sites that they may see, comma-separated (default: all)',
        required: false,
        example: 'site_…,site_…',
      },
      ...PASSWORD_OPTIONS,
    },
    run: async ({ tenant = '', email = '', role = '', sites, ...values }, config) => {
      const password = await readPassword(values);
      return withDatabase(config, async (db) => {
        const limit = sites === undefined ? 'all' : splitList(sites);
        const { userId } = await addTeamAccount(db, {
          tenantId: tenant,
          email,
          password,
          role,
          sites: limit,
          actor: ACTOR,
        });
        return result({ user_id: userId });
      });
    },
  },
  'create-operator': {
    summary: 'makes an account of the platform’s staff, who are in no tenant’s team',
    options: {
      email: { meaning: 'e-mail address', required: true, example: 'op@footfall.example' },
      role: { meaning: 'operator or billing-admin (default operator)', required: false, example: 'operator' },
      ...PASSWORD_OPTIONS,
    },
    run: async ({ email = '', role = 'operator', ...values }, config) => {
      const password = await readPassword(values);
      return withDatabase(config, async (db) => {
        const { userId } = await createStaff(db, { email, password, role });
        return result({ user_id: userId });
      });
    },
  },
};
