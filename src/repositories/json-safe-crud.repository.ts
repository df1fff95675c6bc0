// LoopBack's repository for entities with jsonb that visitors fill. Juggler looks for meaning in the keys of such values:
// it calls `toObject` where a value has it, and reads an update as a filter, in which `like` or `0` mean something.
// Here values of the type `object` pass it unread, both ways; filters stay LoopBack's.
import {type DataObject, DefaultCrudRepository, type Entity, type juggler} from '@loopback/repository';

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

/** As DefaultCrudRepository; properties of the type `object` are read and stored as they are, whatever their keys. */
export class JsonSafeCrudRepository<T extends Entity, ID> extends DefaultCrudRepository<T, ID> {
  protected override async entityToData<R extends T>(entity: R | DataObject<R>, options?: object) {
    const data = await super.entityToData(entity, options); // a copy
    for (const [name, value] of Object.entries(data)) {
      const isJson = this.entityClass.definition.properties[name]?.type === 'object';
      if (isJson && isObject(value)) Object.assign(data, {[name]: new OpaqueJson(value)});
    }
    return data;
  }

  // By the accessors of juggler's model; its own `toObject` would call that of each value.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- LoopBack's signature
  protected override toEntity<R extends T>(model: juggler.PersistedModel): R {
    const values = model as unknown as Record<string, unknown>; // its accessors, which its type does not list
    const names = Object.keys(this.entityClass.definition.properties);
    return new this.entityClass(Object.fromEntries(names.map(name => [name, plain(values[name])]))) as R; // as LoopBack
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

// A list is an array of juggler's own class.
function plain(value: unknown): unknown {
  if (value instanceof OpaqueJson) return value.toJSON();
  return Array.isArray(value) ? Array.from<unknown>(value) : value;
}
