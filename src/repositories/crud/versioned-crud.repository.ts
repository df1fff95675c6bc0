// LoopBack's repository for tables whose rows have a version and an id that holds the time of creation. Each change of a
// program counts as one, and what must only change together with something else does not change here.
import {
  type Count,
  type DataObject,
  type Entity,
  EntityNotFoundError,
  type juggler,
  type Options,
  type Where,
} from '@loopback/repository';
import {isDeepStrictEqual} from 'node:util';
import {newId, timeOfId} from '../../platform/time-ordered-id';
import {type Derived, DerivedCrudRepository, merged} from './derived-crud.repository';

/** What these rows have. */
export interface VersionedRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** What else a table's rows obey. */
export interface VersionedTable<T extends Entity> {
  table: string;
  derived: Derived<T>;
  /** What changes by something else only, and what that is. */
  elsewhere: Readonly<Partial<Record<keyof T & string, string>>>;
}

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const NEVER = 'never changes';

/**
 * As DerivedCrudRepository. Every update, whatever it is called with, sets `version` to the next one and `updatedAt` to now.
 * An update of several rows locks and writes them one by one, in one transaction: that of `options`, or one of its own.
 */
export abstract class VersionedCrudRepository<T extends Entity & VersionedRow> extends DerivedCrudRepository<T> {
  private readonly table: string;
  private readonly fixed: Readonly<Partial<Record<keyof T & string, string>>>;

  constructor(
    entityClass: typeof Entity & {prototype: T},
    dataSource: juggler.DataSource,
    {table, derived, elsewhere}: VersionedTable<T>,
  ) {
    super(entityClass, dataSource, derived);
    this.table = table;
    this.fixed = {...elsewhere, id: NEVER, createdAt: NEVER};
  }

  // Lists seek times of creation in ids.
  protected override toNewRow(given: DataObject<T>): DataObject<T> {
    const {id = newId(), createdAt, updatedAt, version = 1} = given as Partial<VersionedRow>; // a T has these
    if (!UUID_V7.test(id)) throw new TypeError('the id is none of newId(): leave it out, with createdAt');
    if (!isSame(createdAt ?? timeOfId(id), timeOfId(id))) {
      throw new TypeError('createdAt is not timeOfId(id): leave it out');
    }
    const times = {createdAt: timeOfId(id), updatedAt: updatedAt ?? timeOfId(id)};
    return Object.assign({}, given, {id, version, ...times});
  }

  /** `update` and `updateById` come here as well. */
  override async updateAll(data: DataObject<T>, where?: Where<T>, options?: Options): Promise<Count> {
    return this.inTransaction(options, async within => {
      const found = await this.find({where}, within);
      let count = 0;
      for (const id of found.map(entity => entity.id).sort()) {
        const before = await this.findLocked(id, where, within);
        if (!before) continue; // changed or removed meanwhile
        await this.writeChanged(before, merged<DataObject<T>>(before, data), within);
        count += 1;
      }
      return {count};
    });
  }

  /** What is left out becomes null, but for what does not change here. `save` comes here as well. */
  override async replaceById(id: string, data: DataObject<T>, options?: Options): Promise<void> {
    await this.inTransaction(options, async within => {
      const before = await this.findLocked(id, undefined, within);
      if (!before) throw new EntityNotFoundError(this.entityClass, id);
      const kept = Object.fromEntries(Object.entries(before).filter(([name]) => name in this.fixed));
      const emptied = this.whole(this.toNewRow(kept as DataObject<T>)); // of a T
      await this.writeChanged(before, merged(emptied, data), within);
    });
  }

  /** The row as it is stored, and not as it was given. */
  override async save(entity: T, options?: Options): Promise<T> {
    const {id} = await super.save(entity, options);
    return this.findById(id, undefined, options);
  }

  private async findLocked(id: string, where: Where<T> | undefined, within: Options): Promise<T | null> {
    await this.execute(`SELECT FROM ${this.table} WHERE id = $1 FOR NO KEY UPDATE`, [id], within);
    const itself = {id} as Where<T>; // TypeScript does not know which properties a T has
    return this.findOne({where: where ? {and: [where, itself]} : itself}, within);
  }

  private async writeChanged(before: T, after: DataObject<T>, within: Options): Promise<void> {
    for (const [name, how] of Object.entries(this.fixed)) {
      const of = name as keyof T; // of `fixed`
      if (!isSame(before[of], after[of])) throw new TypeError(`${name} of ${this.entityClass.modelName} ${how}`);
    }
    const updatedAt = new Date(Math.max(Date.now(), before.updatedAt.getTime() + 1));
    const row = Object.assign({}, after, {version: before.version + 1, updatedAt});
    await super.updateAll(row, {id: before.id} as Where<T>, within); // as above
  }

  private async inTransaction<R>(options: Options = {}, work: (within: Options) => Promise<R>): Promise<R> {
    if (options.transaction) return work(options);
    const transaction = await this.beginTransaction();
    try {
      const result = await work(Object.assign({}, options, {transaction}));
      await transaction.commit();
      return result;
    } catch (error) {
      // The first error is the one to throw. Where the rollback fails, the connector closes the connection, which rolls back.
      if (transaction.isActive()) await transaction.rollback().catch(() => undefined);
      throw error;
    }
  }
}

// A time may also be one in JSON.
function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Date) return one.getTime() === new Date(other as Date).getTime();
  return isDeepStrictEqual(one, other);
}
