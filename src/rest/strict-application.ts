// LoopBack's application, which starts only with what it serves: it refuses the rest before anything starts.
import {RestApplication} from '@loopback/rest';
import type {Logger} from '../platform/logger';
import {RestGlueBindings} from './keys';
import {UnservedExtensions} from './unserved-extensions';

export class StrictRestApplication extends RestApplication {
  private unserved: UnservedExtensions | undefined;

  /** Call it when all that is outreach's own is bound: what is bound after it is a consumer's. */
  protected endOwnBindings(logger: Logger): void {
    this.unserved = new UnservedExtensions(this, {server: this.getSync(RestGlueBindings.SERVER), logger});
  }

  /**
   * Throws an UnservedExtensionError that names all that was added and would not be served, and an error with the key of a
   * sequence or controller that cannot be made. Nothing has been started then, and `stop` ends what was opened.
   */
  override async start(): Promise<void> {
    await this.init(); // observers may bind more
    this.unserved?.refuse();
    await this.getSync(RestGlueBindings.SERVER).prepare();
    this.unserved?.watch();
    await super.start();
  }
}
