// LoopBack's application, which starts only with what it serves: it refuses the rest before anything starts, and stops
// again when an observer adds something while it starts.
import {RestApplication} from '@loopback/rest';
import type {Logger} from '../platform/logger';
import {RestGlueBindings} from './keys';
import {UnservedExtensions} from './unserved-extensions';

export class StrictRestApplication extends RestApplication {
  private unserved: UnservedExtensions | undefined;
  private logger: Logger | undefined;

  /** Call it when all that is outreach's own is bound: what is bound after it is a consumer's. */
  protected endOwnBindings(logger: Logger): void {
    this.logger = logger;
    this.unserved = new UnservedExtensions(this, {server: this.getSync(RestGlueBindings.SERVER), logger});
  }

  /**
   * Throws an UnservedExtensionError that names all that was added and would not be served, and an error with the key of a
   * sequence or controller that cannot be made. Nothing has been started then, and `stop` ends what was opened. What an
   * observer's `start` adds is known later; after that and any other failure, what has started is stopped before this throws.
   */
  override async start(): Promise<void> {
    await this.init(); // observers may bind more
    this.unserved?.refuse();
    await this.getSync(RestGlueBindings.SERVER).prepare();
    this.unserved?.watch();
    try {
      await super.start();
      this.unserved?.refuse();
    } catch (error) {
      if (this.state === 'starting') this.setState('initialized'); // where LoopBack leaves it, nothing could be stopped
      await this.stop().catch((err: unknown) => this.logger?.error({err}, 'process.stop.failed'));
      this.unserved?.refuse(error); // it may be the cause
      throw error;
    }
    this.unserved?.takeOutLater();
  }
}
