// Two projects: `unit` needs nothing; `real` runs against PostgreSQL and Redis, which its global set-up provides.
const shared = {
  testEnvironment: 'node',
  transform: {'^.+\\.ts$': ['ts-jest', {tsconfig: 'tsconfig.json', diagnostics: false}]}, // `npm run check` checks types
  clearMocks: true,
};

module.exports = {
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    {...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts']},
    {
      ...shared,
      displayName: 'real',
      testMatch: ['<rootDir>/test/{integration,acceptance,contract,faults,e2e}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/setup/start-services.ts',
      globalTeardown: '<rootDir>/test/setup/stop-services.ts',
    },
    {
      ...shared,
      displayName: 'containers',
      testMatch: ['<rootDir>/test/{containers,integration}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/setup/start-containers.ts',
      globalTeardown: '<rootDir>/test/setup/stop-services.ts',
    },
  ],
};
