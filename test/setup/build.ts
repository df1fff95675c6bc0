// Builds and installs what the tests start: the programs, the client package, the back office, the servers and the browser.
// Jest runs the global set-up of the projects that have tests to run, so that the unit tests need none of it.
import {execFileSync} from 'node:child_process';
import path from 'node:path';

export function buildWhatTestsStart(): void {
  const bootstrap = path.resolve(__dirname, '../../scripts/bootstrap');
  execFileSync(bootstrap, ['service', 'client', 'back-office', 'test-tools'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
