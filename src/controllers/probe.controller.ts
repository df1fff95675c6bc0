// Liveness and readiness, for orchestrators and load balancers.
import {BindingScope, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {LIVE} from '../platform/metrics';
import {operation, type OperationOptions} from '../rest/server/operation';
import {Reply} from '../rest/http/reply';
import {ReadinessService} from '../services/readiness.service';

const live = {
  operationId: 'live',
  summary: 'Is the process alive? Asks nothing of any dependency.',
  responses: {200: {description: 'Alive.', body: z.strictObject({status: z.literal('live')})}},
} satisfies OperationOptions;

const readinessSchema = z.strictObject({
  status: z.enum(['ready', 'not-ready']),
  draining: z.boolean(),
  postgres: z.enum(['up', 'down', 'wrong-schema']),
  redis: z.enum(['up', 'degraded']).meta({description: 'Reported only: Redis never decides readiness.'}),
});
z.globalRegistry.add(readinessSchema, {title: 'Readiness'});
const ready = {
  operationId: 'ready',
  summary: 'May this replica get traffic? PostgreSQL and its schema decide.',
  responses: {
    200: {description: 'Ready.', body: readinessSchema},
    503: {
      description: 'Not ready: PostgreSQL is down, its schema is older than this build, or it is draining.',
      body: readinessSchema,
    },
  },
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class ProbeController {
  constructor(@service(ReadinessService) private readonly readiness: ReadinessService) {}

  @operation('GET /live', live)
  live(): Promise<typeof LIVE> {
    return Promise.resolve(LIVE);
  }

  @operation('GET /ready', ready)
  async ready(): Promise<Reply> {
    const report = await this.readiness.report();
    return new Reply(report.status === 'ready' ? 200 : 503, report, {'Cache-Control': 'no-store'});
  }
}
