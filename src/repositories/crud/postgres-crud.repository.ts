// LoopBack's repository for tables of outreach: stores and returns jsonb unread, and refuses names that no property has.
//
// Juggler looks for meaning in the keys of JSON that visitors send: it calls `toObject` where a value has it, and reads an
// update as a filter, in which `like` or `0` mean something. It ignores a name that it does not know, so that a filter with
// a misspelled property would match every row.
import {
  type Count,
  type DataObject,
  DefaultTransactionalRepository,
  type Entity,
  type Filter,
  type juggler,
  type Options,
  type Where,
} from '@loopback/repository';

/** A JSON value that juggler takes for an opaque one: no keys to read, and `toObject` of its own. */
class OpaqueJson {
  readonly #value: object;

  constructor(value: object) {
    this.#value = value;
  }

  toObject(): this {
    return this;
  }

  /** The connector stores what JSON.stringify makes of it. */
  toJSON(): object {
    return this.#value;
  }
}

/** As DefaultTransactionalRepository; throws TypeError for a property that the model does not have, in filters and rows. */
export class PostgresCrudRepository<T extends Entity, ID> extends DefaultTransactionalRepository<T, ID> {
  protected get propertyNames(): readonly string[] {
    return Object.keys(this.entityClass.definition.properties);
  }

  override async count(where?: Where<T>, options?: Options): Promise<Count> {
    this.expectKnown(namesIn(where));
    return super.count(where, options);
  }

  override async updateAll(data: DataObject<T>, where?: Where<T>, options?: Options): Promise<Count> {
    this.expectKnown(namesIn(where));
    return super.updateAll(data, where, options);
  }

  override async deleteAll(where?: Where<T>, options?: Options): Promise<Count> {
    this.expectKnown(namesIn(where));
    return super.deleteAll(where, options);
  }

  // Of find, findOne and findById. An unknown name in `order` is refused by PostgreSQL.
  protected override normalizeFilter(filter?: Filter<T>) {
    const {where, fields = []} = filter ?? {};
    this.expectKnown([...namesIn(where), ...(Array.isArray(fields) ? fields.map(String) : Object.keys(fields))]);
    return super.normalizeFilter(filter);
  }

  // Of create, save and the like.
  protected override async entityToData<R extends T>(entity: R | DataObject<R>, options?: object) {
    this.expectKnown(Object.keys(entity));
    const row = await super.entityToData(entity, options); // a copy
    for (const [name, value] of Object.entries(row)) {
      const isJson = this.entityClass.definition.properties[name]?.type === 'object';
      if (isJson && isObject(value)) Object.assign(row, {[name]: new OpaqueJson(value)});
    }
    return row;
  }

  // By the accessors of juggler's model; its own `toObject` would call that of each value.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- LoopBack's signature
  protected override toEntity<R extends T>(model: juggler.PersistedModel): R {
    const valueOf = (name: string) => plain(Reflect.get(model, name));
    return new this.entityClass(Object.fromEntries(this.propertyNames.map(name => [name, valueOf(name)]))) as R; // as LoopBack
  }

  private expectKnown(names: readonly string[]): void {
    const unknown = names.find(name => !this.propertyNames.includes(name));
    if (unknown !== undefined) throw new TypeError(`${this.entityClass.modelName} has no property ${unknown}`);
  }
}

// The properties of a filter; `metadata.key` is one of `metadata`.
function namesIn(where: object = {}): string[] {
  return Object.entries(where).flatMap(([name, value]) =>
    ['and', 'or', 'nor'].includes(name) && Array.isArray(value)
      ? value.flatMap((part: object) => namesIn(part))
      : [name.replace(/\..*/s, '')],
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

// A list is an array of juggler's own class.
function plain(value: unknown): unknown {
  if (value instanceof OpaqueJson) return value.toJSON();
  return Array.isArray(value) ? Array.from<unknown>(value) : value;
}
