// LoopBack's application, which starts only with what it serves: it refuses the rest before anything starts, and stops
// again when an observer adds something while it starts.
import {CoreBindings} from '@loopback/core';
import {RestApplication} from '@loopback/rest';
import type {Logger} from '../../platform/logger';
import {RestGlueBindings} from '../server/keys';
import {RefusedExtensions} from './refused-extensions';
import {unlistedOperations, unservedRoutes} from './refused-operations';
import type {OutreachRestServer} from '../server/rest-server';

export class StrictRestApplication extends RestApplication {
  private refused: RefusedExtensions | undefined;
  private ownServer: OutreachRestServer | undefined;
  private logger: Logger | undefined;

  override get restServer(): OutreachRestServer {
    return this.getSync<OutreachRestServer>(RestGlueBindings.SERVER.key);
  }

  /** Call it when all that is outreach's own is bound: what is bound after it is a consumer's. */
  protected endOwnBindings(logger: Logger): void {
    const server = this.restServer;
    server.endOwnBindings();
    this.ownServer = server;
    this.logger = logger;
    this.refused = new RefusedExtensions(this, {server, logger});
  }

  /**
   * Throws a RefusedExtensionError that names all that was added and would not be served, an error with the routes of
   * outreach that the access table lacks or no controller answers, and one with the key of a sequence or controller that
   * cannot be made. Nothing has been started then, and `stop` ends what was opened. What an observer's `start` adds is known later; after that and
   * any other failure, what has started is stopped before this throws.
   */
  override async start(): Promise<void> {
    this.refuseUnlisted();
    await this.init(); // observers may bind more
    this.refused?.refuse();
    this.refuseUnserved();
    await this.restServer.prepare();
    this.refused?.watch();
    try {
      await super.start();
      this.refused?.refuse();
    } catch (error) {
      if (this.state === 'starting') this.setState('initialized'); // where LoopBack leaves it, nothing could be stopped
      await this.stop().catch((err: unknown) => this.logger?.error({err}, 'process.stop.failed'));
      this.refused?.refuse(error); // it may be the cause
      throw error;
    }
    this.refused?.warnOfProbes();
    this.refused?.takeOutLater();
  }

  private refuseUnlisted(): void {
    const own = this.find(`${CoreBindings.CONTROLLERS}.*`).filter(binding => this.ownServer?.isOwn(binding));
    const unlisted = unlistedOperations(own);
    if (unlisted.length > 0) {
      throw new Error(`No row in ROUTE_ACCESS (src/access/policy.ts) for ${unlisted.join(', ')}`);
    }
  }

  private refuseUnserved(): void {
    const unserved = unservedRoutes(this.restServer);
    if (unserved.length > 0) {
      const advice =
        'bind the controller that declares it (src/application.ts), or remove its row (src/access/policy.ts)';
      throw new Error(`No controller serves ${unserved.join(', ')} of ROUTE_ACCESS: ${advice}`);
    }
  }
}
