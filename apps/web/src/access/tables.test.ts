import { fileURLToPath } from 'node:url';
import { ACTIONS } from '@footfall/core/access/permission';
import { describe, expect, it } from 'vitest';
import { API_ROUTES } from './api-routes.ts';
import { ADDRESSES, type Address, SCREENS, type Screen, screenAt } from './screens.ts';
import { SERVER_ACTIONS } from './server-actions.ts';
import { differences, readActions, readPage, readRoute, readSources, routeGroup } from './written.fixture.ts';

const written = readSources(fileURLToPath(new URL('../', import.meta.url)));

describe('the tables of access and the sources', () => {
  it('have the same pages, each made for its own address', () => {
    expect(differences(ADDRESSES, written.pages)).toEqual([]);
  });

  it('have the same route handlers, each made for its own address', () => {
    expect(differences(Object.keys(API_ROUTES), written.routes)).toEqual([]);
  });

  it('have the same server actions, each made for its own name', () => {
    expect(differences(Object.keys(SERVER_ACTIONS), written.actions)).toEqual([]);
  });

  it('have slots that are made for the address of the page that they belong to, or are empty', () => {
    const { slots } = written;
    expect(slots.map(({ name }) => name)).toContain('/sites/[id]');
    expect(slots.map(({ file, asks }) => [file, asks])).toEqual(slots.map(({ file, name }) => [file, name]));
    expect(slots.filter(({ name }) => !(name in SCREENS))).toEqual([]);
  });

  it('have each page in the folder of its layout', () => {
    const groups = written.pages.map(({ name, file }) => [name, routeGroup(file)]);
    expect(groups).toEqual(written.pages.map(({ name }) => [name, SCREENS[name as Address].group]));
  });

  it('name methods that are there, and no handler has more', () => {
    for (const { name, methods = [] } of written.routes) {
      const row = API_ROUTES[name as keyof typeof API_ROUTES];
      // What is not an address, and next-auth, answer every method for themselves.
      if (row.admission === 'everyone') expect(methods).toEqual(expect.arrayContaining([...row.methods]));
      else expect({ name, methods }).toEqual({ name, methods: row.methods });
    }
  });

  it('ask for actions that the permission table has', () => {
    const rows = [...Object.values(SCREENS), ...Object.values(API_ROUTES), ...Object.values(SERVER_ACTIONS)];
    const asked = rows.map(({ admission }) => admission as string);
    const known = ['everyone', 'account', 'member', ...ACTIONS];
    expect(asked.filter((admission) => !known.includes(admission))).toEqual([]);
  });

  it('open nothing in the portal to everyone', () => {
    const rows: [string, Screen][] = Object.entries(SCREENS);
    const open = rows.filter(([, { group, admission }]) => group === 'portal' && admission === 'everyone');
    expect(open).toEqual([]);
  });
});

describe('what reads the sources', () => {
  it('finds what a table leaves out, and what it has too much', () => {
    const page = readPage('app/(portal)/team/page.tsx', "export default memberPage('/team', () => null);");
    expect(differences([], [page])).toEqual(['/team (app/(portal)/team/page.tsx) is not in the table']);
    expect(differences(['/team'], [])).toEqual(['/team is in the table and nowhere else']);
    expect(differences(['/team'], [page])).toEqual([]);
  });

  it.each([
    ['a page without a helper', 'export default function Team() {}', '/team asks for nobody'],
    [
      'a page that asks for another',
      "export default memberPage('/sites/new', f);",
      '/team asks for /sites/new',
    ],
  ])('finds %s', (_, source, said) => {
    expect(differences(['/team'], [readPage('app/(portal)/team/page.tsx', source)])).toEqual([said]);
  });

  it('finds a route that asks for nobody, and its methods', () => {
    const source = 'export const GET = handler(f);\nexport { refuse as POST, other as PUT };';
    const route = readRoute('app/api/v1/team/route.ts', source);
    expect(route).toMatchObject({ name: '/api/v1/team', asks: null, methods: ['GET', 'PUT'] });
  });

  it.each([
    ["'use server';\nexport async function leave() {}", 'team/actions.leave', null],
    ["'use server';\nexport const leave = async () => {};", 'team/actions.leave', null],
    ["'use server';\nexport default leave;", 'team/actions.leave', null],
    [
      "'use server';\nexport const leave = formAction('team/actions.leave', {});",
      'team/actions.leave',
      'team/actions.leave',
    ],
    [
      "'use server';\nexport const leave = formAction(\n  'team/actions.join', {});",
      'team/actions.leave',
      'team/actions.join',
    ],
    ["const leave = async () => {\n  'use server';\n};", 'team/actions.(inline)', null],
  ])('finds the action in %j', (source, name, asks) => {
    expect(readActions('team/actions.ts', source)).toEqual([{ name, file: 'team/actions.ts', asks }]);
  });

  it('finds no action where there is none', () => {
    expect(readActions('team/team.ts', 'export const leave = 1;')).toEqual([]);
    expect(readActions('team/actions.ts', "'use server';\nexport type Leave = {};")).toEqual([]);
  });
});

describe('the screen at a path', () => {
  it.each<[string, Screen | null]>([
    ['/', SCREENS['/']],
    ['/sites/new', SCREENS['/sites/new']],
    ['/sites/site_1', SCREENS['/sites/[id]']],
    ['/sites/site_1/settings', SCREENS['/sites/[id]/settings']],
    ['/sites/site_1/pulse', null],
    ['/sites/', null],
    ['/sites', SCREENS['/sites']],
    ['/nowhere', null],
    ['/constructor', null],
  ])('%s', (pathname, screen) => expect(screenAt(pathname)).toBe(screen));
});
