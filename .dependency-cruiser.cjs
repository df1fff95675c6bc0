// The import rules: one direction, no cycles, nothing unlisted. `npm run check` proves them.
const from = (path, pathNot) => ({path, ...(pathNot && {pathNot})});
const only = (name, folder, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: from(`^src/${folder}`),
  to: {path: '^src/', pathNot: [`^src/${folder}`, ...allowed.map(part => `^src/${part}`)]},
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: {circular: true, viaOnly: {dependencyTypesNot: ['type-only']}},
    },
    {
      name: 'contract-needs-zod-only',
      severity: 'error',
      from: from('^src/contract/'),
      to: {pathNot: ['^src/contract/', '^node_modules/zod/']},
    },
    only('platform-imports-nothing-of-ours', 'platform/', []),
    only('access-needs-the-contract-only', 'access/', ['contract/']),
    only('models-are-leaves', 'models/', ['contract/']),
    only('datasources-below-repositories', 'datasources/', ['contract/', 'platform/']),
    only('repositories-below-services', 'repositories/', ['models/', 'datasources/', 'contract/', 'platform/']),
    only('services-do-not-know-http', 'services/', [
      'access/',
      'repositories/',
      'datasources/',
      'models/',
      'components/websocket/',
      'contract/',
      'platform/',
    ]),
    only('websocket-component-stands-alone', 'components/websocket/', ['contract/', 'platform/']),
    only('rest-glue-below-controllers', 'rest/', [
      'access/',
      'repositories/query/conditions',
      'services/',
      'datasources/',
      'contract/',
      'platform/',
    ]),
    only('controllers-use-services', 'controllers/', [
      'access/',
      'repositories/(query/conditions|inquiry/inquiry-list|subscription/subscription-list)',
      'services/',
      'rest/',
      'models/',
      'contract/',
      'platform/',
    ]),
    only('gateway-meets-rest-in-the-contract', 'gateway/', ['access/', 'contract/', 'platform/']),
    only('client-meets-the-service-in-the-contract', 'client/', ['contract/']),
    {
      name: 'client-runs-in-browsers',
      severity: 'error',
      from: from('^src/client/', '^src/client/react\\.ts$'),
      to: {
        pathNot: [
          '^src/(client|contract)/',
          '^node_modules/(openapi-fetch|openapi-typescript-helpers|socket\\.io-client)/',
        ],
      },
    },
    {
      name: 'client-leaves-zod-behind',
      comment: 'A browser loads what the client imports; of the contract it takes names and types.',
      severity: 'error',
      from: from('^src/client/'),
      to: {
        path: '^src/contract/',
        pathNot: '^src/contract/(event-names|inquiry-status|rooms)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-the-hook-knows-react',
      severity: 'error',
      from: from('^src/client/react\\.ts$'),
      to: {pathNot: ['^src/client/', '^node_modules/(react|@types/react)/']},
    },
    only('config-reads-the-environment', 'config/', ['contract/', 'platform/']),
    {
      name: 'production-does-not-need-development',
      severity: 'error',
      from: {path: '^src/', pathNot: ['^src/dev/', '^src/bin/(dev|token)\\.ts$']},
      to: {path: '^src/dev/'},
    },
    {name: 'src-never-imports-test', severity: 'error', from: from('^src/'), to: {path: '^(test|bench)/'}},
    {
      name: 'production-uses-dependencies-only',
      severity: 'error',
      from: from('^src/', ['^src/dev/', '^src/client/']), // packages/client/package.json lists what the client needs
      to: {dependencyTypes: ['npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown']},
    },
    {
      name: 'nothing-unlisted',
      severity: 'error',
      from: from('^src/dev/'),
      to: {dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown']},
    },
    {name: 'resolvable', severity: 'error', from: {}, to: {couldNotResolve: true}},
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'import']},
  },
};
