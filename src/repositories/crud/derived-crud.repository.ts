// LoopBack's repository for tables with columns that the application makes of others, such as the words of a search. No
// property shows these columns; each row that a program stores has them right all the same, and everything else that a row
// must have.
import {type DataObject, Entity, type juggler, ModelDefinition, type Options} from '@loopback/repository';
import {PostgresCrudRepository} from './postgres-crud.repository';

/** Columns that are made of properties, and properties that are made of others. */
export interface Derived<T extends Entity> {
  /** PostgreSQL's types of the columns. */
  columns: Readonly<Record<string, string>>;
  /** The values of both of a whole row, in PostgreSQL's text form. */
  make: (entity: DataObject<T>) => Record<string, string | null>;
}

/** As PostgresCrudRepository; rows are stored whole, with null for what is left out, and so they are returned. */
export abstract class DerivedCrudRepository<T extends Entity & {id: string}> extends PostgresCrudRepository<T, string> {
  constructor(
    entityClass: typeof Entity & {prototype: T},
    dataSource: juggler.DataSource,
    private readonly derived: Derived<T>,
  ) {
    super(entityClass, dataSource);
    this.modelClass = this.definePersistedModel(withColumns(entityClass, derived.columns));
  }

  /** The new row, with what the table needs and a program may leave out. Throws TypeError for a row that cannot be. */
  protected abstract toNewRow(given: DataObject<T>): DataObject<T>;

  override async create(entity: DataObject<T>, options?: Options): Promise<T> {
    return super.create(this.whole(this.toNewRow(entity)), options);
  }

  override async createAll(entities: DataObject<T>[], options?: Options): Promise<T[]> {
    return super.createAll(
      entities.map(entity => this.whole(this.toNewRow(entity))),
      options,
    );
  }

  /** The row with null where it has nothing. */
  protected whole(row: DataObject<T>): DataObject<T> {
    return merged(Object.fromEntries(this.propertyNames.map(name => [name, null])) as DataObject<T>, row);
  }

  // Every row comes here whole before it is written.
  protected override async entityToData<R extends T>(entity: R | DataObject<R>, options?: object) {
    const row = await super.entityToData(entity, options);
    return Object.assign(row, this.derived.make(entity as DataObject<T>)); // an R is a T
  }
}

// For juggler's model only: what it does not know it does not write, and what the entity does not know is not given.
function withColumns({definition: known}: typeof Entity, columns: Derived<Entity>['columns']): typeof Entity {
  const definition = new ModelDefinition(known); // a copy
  for (const [columnName, dataType] of Object.entries(columns)) {
    definition.addProperty(columnName, {type: 'string', postgresql: {columnName, dataType}});
  }
  return class extends Entity {
    static override readonly definition = definition;
  };
}

/** All properties of the rows but for undefined ones, of the last row that has them. */
export function merged<T extends object>(...rows: readonly T[]): T {
  const defined = rows.flatMap(row => Object.entries(row).filter(([, value]) => value !== undefined));
  return Object.fromEntries(defined) as T; // Object.fromEntries forgets it
}
