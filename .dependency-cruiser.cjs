// Which room may import from which. `npm run lint` fails on an arrow that points the wrong way.
const TEST_FILE = '\\.(test|contract|fixture)\\.tsx?$|^packages/(testkit|engines)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-imports-nothing-of-the-project',
      severity: 'error',
      from: { path: '^packages/core/src' },
      to: { path: '^(apps|packages|examples|e2e)/', pathNot: '^packages/core/' },
    },
    {
      name: 'core-does-no-io',
      comment: 'Hashing is arithmetic; everything else of Node is an effect.',
      severity: 'error',
      from: { path: '^packages/core/src', pathNot: TEST_FILE },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'core-uses-pure-libraries-only',
      severity: 'error',
      from: { path: '^packages/core/src', pathNot: TEST_FILE },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|re2js)/' },
    },
    {
      name: 'no-app-imports-an-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'packages-import-no-app',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|examples|e2e)/' },
    },
    {
      name: 'adapters-are-opened-by-url',
      comment: 'Only open.ts of a store knows its adapters.',
      severity: 'error',
      from: {
        pathNot:
          '^packages/(eventlog|eventstore|reportstore)/src/(open\\.ts|(postgres|kafka|cassandra|elasticsearch)/)',
      },
      to: {
        path: '^packages/(eventlog|eventstore|reportstore)/src/(postgres|kafka|cassandra|elasticsearch)/',
      },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: TEST_FILE },
      to: { path: TEST_FILE },
    },
    {
      name: 'access-knows-nothing-else',
      comment: 'Who may do what is a table and a function of it: no other part of the domain, no library.',
      severity: 'error',
      from: { path: '^packages/core/src/access/', pathNot: TEST_FILE },
      to: { pathNot: '^packages/core/src/access/' },
    },
    {
      name: 'services-in-three-rooms',
      comment:
        'Others are handed what they need: by the helpers of access/ and api/, or by what reports/ answers.',
      severity: 'error',
      from: {
        path: '^apps/web/src/',
        pathNot: `^apps/web/src/((access|api|reports|runtime)/|main\\.ts$)|${TEST_FILE}`,
      },
      to: { path: '^apps/web/src/runtime/services\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'staff-sees-all-tenants-in-its-own-rooms',
      comment:
        'What reads the rows of every tenant is handed to the pages of the platform’s staff and to nobody else.',
      severity: 'error',
      from: {
        path: '^(apps|packages)/',
        pathNot: `^apps/web/src/(operator/|main\\.ts$)|^packages/db/src/staff/|${TEST_FILE}`,
      },
      to: { path: '^apps/web/src/runtime/staff-services\\.ts$|^packages/db/src/staff/' },
    },
    {
      name: 'rooms-of-staff-are-of-its-pages',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: `^apps/web/src/(operator/|app/\\(operator\\)/)|${TEST_FILE}` },
      to: { path: '^apps/web/src/operator/' },
    },
    {
      name: 'pages-do-not-know-the-database',
      severity: 'error',
      from: { path: '^apps/web/src/app/' },
      to: { path: '^packages/(db|postgres|eventlog|eventstore|reportstore)/' },
    },
    {
      name: 'sessions-are-opened-by-access',
      comment: 'Pages, routes and actions are told who asks; they do not find out for themselves.',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: `^apps/web/src/(access|auth)/|${TEST_FILE}` },
      to: { path: '^apps/web/src/auth/(token|credentials)\\.ts$' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  required: [
    {
      name: 'pages-are-made-by-access',
      severity: 'error',
      module: { path: '^apps/web/src/app/.*page\\.tsx$', pathNot: '@controls/\\[\\.\\.\\.rest\\]/' },
      to: { path: '^apps/web/src/access/page\\.ts$' },
    },
    {
      name: 'server-actions-are-made-by-access',
      comment: 'A test finds server actions in files of other names.',
      severity: 'error',
      module: { path: '^apps/web/src/.*actions\\.ts$', pathNot: '^apps/web/src/access/' },
      to: { path: '^apps/web/src/access/action\\.ts$' },
    },
    {
      name: 'routes-are-made-by-the-api',
      severity: 'error',
      module: { path: '^apps/web/src/app/.*route\\.ts$' },
      to: {
        path: '^apps/web/src/api/(guarded-route|account-route|open-route|public-site-route|query|embed/answer-embed|behaviour|plausible/answer-stats)\\.ts$',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|generated|dist|\\.next' },
    exclude: { path: '(^|/)(generated|dist|\\.next|node_modules/\\.cache)/|next-env\\.d\\.ts$' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
