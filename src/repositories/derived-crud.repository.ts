// LoopBack's repository for tables with columns that the application makes of others, such as the words of a search. No
// property shows these columns; each write of a program keeps them right all the same.
import type {Count, DataObject, Entity, juggler, Options, Where} from '@loopback/repository';
import {JsonSafeCrudRepository} from './json-safe-crud.repository';

/** Columns that are made of properties. */
export interface Derived<T extends Entity> {
  /** PostgreSQL's types of the columns. */
  columns: Readonly<Record<string, string>>;
  /** The properties that they are made of. */
  from: readonly (keyof T & string)[];
  /** Their values, in PostgreSQL's text form. */
  make: (entity: DataObject<T>) => Record<string, string | null>;
}

/** What juggler's types declare for a model's instances, though it is the class's. */
interface JugglerModel {
  defineProperty(name: string, definition: object): void;
}

/**
 * As JsonSafeCrudRepository. An update of several rows that changes what a column is made of writes them one by one, in one
 * transaction: that of `options`, or one of its own.
 */
export class DerivedCrudRepository<T extends Entity & {id: string}> extends JsonSafeCrudRepository<T, string> {
  constructor(
    entityClass: typeof Entity & {prototype: T},
    dataSource: juggler.DataSource,
    private readonly derived: Derived<T>,
  ) {
    super(entityClass, dataSource);
    // Of juggler's model only: what it does not know it does not write, and what the entity does not know is not given.
    const model = this.modelClass as unknown as JugglerModel; // juggler's types lack this method of the class
    for (const [columnName, dataType] of Object.entries(derived.columns)) {
      model.defineProperty(columnName, {type: 'string', postgresql: {columnName, dataType}});
    }
  }

  override create(entity: DataObject<T>, options?: Options): Promise<T> {
    return super.create(this.whole(entity), options);
  }

  override createAll(entities: DataObject<T>[], options?: Options): Promise<T[]> {
    return super.createAll(
      entities.map(entity => this.whole(entity)),
      options,
    );
  }

  override replaceById(id: string, data: DataObject<T>, options?: Options): Promise<void> {
    return super.replaceById(id, this.whole(data), options);
  }

  /** `update` and `updateById` come here as well. */
  override async updateAll(data: DataObject<T>, where?: Where<T>, options?: Options): Promise<Count> {
    if (!this.derived.from.some(property => property in data)) return super.updateAll(data, where, options);
    return this.inTransaction(options, async within => {
      const found = await this.find(where && {where}, within);
      let count = 0;
      for (const id of found.map(entity => entity.id).sort()) {
        const itself = {id} as Where<T>; // TypeScript does not know which properties a T has
        const still = where ? ({and: [where, itself]} as Where<T>) : itself;
        const changed = await super.updateAll(data, still, within); // locks the row, so that it stays as it is read
        if (changed.count === 0) continue; // somebody was faster
        await super.updateAll(this.made(await this.findById(id, undefined, within)), itself, within);
        count += 1;
      }
      return {count};
    });
  }

  private whole(entity: DataObject<T>): DataObject<T> {
    return Object.assign({}, entity, this.made(entity));
  }

  private made(entity: DataObject<T>): DataObject<T> {
    return this.derived.make(entity) as DataObject<T>; // juggler knows the columns, T does not
  }

  private async inTransaction<R>(options: Options = {}, work: (within: Options) => Promise<R>): Promise<R> {
    if (options.transaction) return work(options);
    const transaction = await this.dataSource.beginTransaction({});
    try {
      const result = await work({...options, transaction});
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }
}
