// One project per kind of test. `unit` needs nothing; the others run against PostgreSQL and Redis, which their global
// set-up provides once for all of them.
const shared = {
  testEnvironment: 'node',
  transform: {'^.+\\.ts$': ['ts-jest', {tsconfig: 'tsconfig.json', diagnostics: false}]}, // `npm run check` checks types
  moduleNameMapper: {'^outreach/client$': '<rootDir>/src/client/client.ts'}, // as the back office is built
  clearMocks: true,
};
const onServices = {
  globalSetup: '<rootDir>/test/setup/start-services.ts',
  globalTeardown: '<rootDir>/test/setup/stop-services.ts',
};
const project = (name, set = {}) => ({
  ...shared,
  ...set,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
});

module.exports = {
  maxWorkers: 2,
  testTimeout: 120_000, // the feed waits for the transactions of tests that run beside
  projects: [
    project('unit'),
    ...['integration', 'acceptance', 'contract', 'faults', 'e2e'].map(name => project(name, onServices)),
    project('fuzz', onServices), // `npm run fuzz`
    {
      ...project('containers'),
      testMatch: ['<rootDir>/test/{containers,integration}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/setup/start-containers.ts',
      globalTeardown: '<rootDir>/test/setup/stop-services.ts',
    },
  ],
};
