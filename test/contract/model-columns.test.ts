// Models and tables say the same: each property has its column with a fitting type, and each column its property. The
// connector finds neither mistake; it would lower-case a name or return a string for a number.
import {DefaultCrudRepository, type Entity, type ModelDefinition} from '@loopback/repository';
import {PostgresCrudRepository} from '../../src/repositories/crud/postgres-crud.repository';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTokenIssuer} from '../helpers/tokens';

/** Columns that only our own statements use; no model shows them. */
const STATEMENTS_ONLY: Readonly<Record<string, readonly string[]>> = {
  inquiry: ['created_xid', 'changed_xid', 'search_text', 'search_words'],
  idempotency_record: ['digest', 'id'],
  inquiry_activity: ['addresses'],
  subscription: ['addresses'],
  subscription_consent: [
    ...['id', 'subscription_id', 'kind', 'method', 'consent_version', 'consent_text_sha256', 'actor', 'reason'],
    ...['created_at', 'addresses'],
  ],
  feed_secret: ['only_row', 'secret'],
  inquiry_tombstone: ['inquiry_id', 'topic', 'changed_xid', 'created_at'],
  inquiry_tombstone_floor: ['epoch', 'changed_xid'],
  privacy_audit: ['id', 'kind', 'actor', 'request_id', 'counts', 'created_at'],
};
/** JavaScript type of a property by the type of its column, as pg returns it. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  uuid: ['string'],
  text: ['string'],
  varchar: ['string'],
  inquiry_status: ['string'],
  inquiry_activity_kind: ['string'],
  subscription_status: ['string'],
  int4: ['number'],
  bool: ['boolean'],
  timestamptz: ['date'],
  jsonb: ['object', 'array'],
};
const NAME_OF_TYPE: Readonly<Record<string, string>> = {integer: 'int4', boolean: 'bool'};

interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
}

let database: TestDatabase;
let rest: TestRest;

beforeAll(async () => {
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer: await givenTokenIssuer()});
});

async function columns(): Promise<Column[]> {
  return database.query<Column & Record<string, unknown>>(
    `SELECT table_name AS "table", column_name AS "column", udt_name AS type, is_nullable = 'YES' AS nullable
     FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name <> 'pgmigrations' ORDER BY 1, 2`,
  );
}

async function repositories(): Promise<DefaultCrudRepository<Entity, string>[]> {
  const keys = rest.app.find('repositories.*').map(({key}) => key);
  return (await Promise.all(keys.map(key => rest.app.get(key)))).filter(isCrud);
}

async function models(): Promise<ModelDefinition[]> {
  return (await repositories()).map(({entityClass}) => entityClass.definition);
}

// The others have statements only, and no model.
function isCrud(repository: unknown): repository is DefaultCrudRepository<Entity, string> {
  return repository instanceof DefaultCrudRepository;
}

interface Mapped {
  table: string;
  column: string;
  type: string;
  property: string;
}

function mapped({properties, settings}: ModelDefinition): Mapped[] {
  const table = String((settings.postgresql as {table?: unknown}).table); // the connector's own settings
  return Object.values(properties).map(({type, postgresql}) => {
    const {columnName, dataType} = postgresql as {columnName?: unknown; dataType?: unknown};
    const name = String(dataType);
    return {
      table,
      column: String(columnName),
      type: NAME_OF_TYPE[name] ?? name,
      property: typeof type === 'string' ? type : typeof type,
    };
  });
}

test('each property has its column, of the type that it names', async () => {
  const inDatabase = new Map((await columns()).map(({table, column, type}) => [`${table}.${column}`, type]));
  const properties = (await models()).flatMap(mapped);
  expect(properties.length).toBeGreaterThan(20);
  const named = properties.map(({table, column, type}) => [`${table}.${column}`, type]);
  expect(named).toEqual(named.map(([name = '']) => [name, inDatabase.get(name)]));
});

test('each property has a JavaScript type that fits the one of its column', async () => {
  for (const {table, column, type, property} of (await models()).flatMap(mapped)) {
    expect([table, column, FITTING[type]]).toEqual([table, column, expect.arrayContaining([property])]);
  }
});

test('each column of each table has its property, but for those that only statements use', async () => {
  const known = new Set((await models()).flatMap(mapped).map(({table, column}) => `${table}.${column}`));
  const unknown = (await columns()).map(({table, column}) => `${table}.${column}`).filter(name => !known.has(name));
  const expected = Object.entries(STATEMENTS_ONLY).flatMap(([table, names]) => names.map(name => `${table}.${name}`));
  expect(unknown.sort()).toEqual(expected.sort());
});

test('what a model requires is what its table requires and does not fill in', async () => {
  const required = (await models()).flatMap(definition => {
    const rows = mapped(definition);
    return Object.values(definition.properties).flatMap(({required: isRequired}, index) => {
      const row = rows[index];
      return isRequired && row ? [`${row.table}.${row.column}`] : [];
    });
  });
  const nullable = new Set((await columns()).filter(column => column.nullable).map(c => `${c.table}.${c.column}`));
  expect(required.length).toBeGreaterThan(5);
  expect(required.filter(name => nullable.has(name))).toEqual([]);
});

test('a model with an object of any keys has a repository that reads no meaning into them', async () => {
  const withObjects = (await repositories()).filter(({entityClass}) =>
    Object.values(entityClass.definition.properties).some(({type}) => type === 'object'),
  );
  expect(withObjects.map(({entityClass}) => entityClass.modelName)).toEqual(['Inquiry']);
  for (const repository of withObjects) expect(repository).toBeInstanceOf(PostgresCrudRepository);
});
