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
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
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
