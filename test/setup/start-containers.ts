// Global set-up of `npm run test:containers`: PostgreSQL and Redis from Testcontainers, or a failure that says why.
import {dockerAnswers, startPostgresContainer, startRedisContainer} from './services';
import {provide} from './start-services';

export default async function startContainers(): Promise<void> {
  if (!(await dockerAnswers())) throw new Error('No Docker engine answers: start one, then run test:containers again.');
  await provide([startPostgresContainer, startRedisContainer]);
}
