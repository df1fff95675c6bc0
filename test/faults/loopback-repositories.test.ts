// LoopBack's own methods of a repository while PostgreSQL is away or silent: they throw UnavailableError in time, which a
// route answers with 503, keep no connection, and work as soon as PostgreSQL does.
import {UnavailableError} from '../../src/platform/errors';
import {InquiryRepository} from '../../src/repositories/inquiry/inquiry.repository';
import {givenDatabase} from '../helpers/database';
import {givenRest} from '../helpers/rest';
import {givenTcpProxy, type TcpProxy} from '../helpers/tcp-proxy';
import {type TokenIssuer, givenTokenIssuer} from '../helpers/tokens';

let proxy: TcpProxy;
let databaseUrl: string;
let issuer: TokenIssuer;

beforeAll(async () => {
  const database = await givenDatabase();
  const url = new URL(database.url);
  proxy = await givenTcpProxy({host: url.hostname, port: Number(url.port || 5432)});
  [url.hostname, url.port] = ['127.0.0.1', String(proxy.port)];
  databaseUrl = url.href;
  issuer = await givenTokenIssuer();
});

beforeEach(() => proxy.pass());

async function givenInquiries(): Promise<InquiryRepository> {
  const rest = await givenRest({databaseUrl, issuer, env: {DATABASE_POOL_SIZE: '3'}});
  return rest.app.getRepository(InquiryRepository);
}

const calls = (inquiries: InquiryRepository): Promise<unknown>[] => [
  inquiries.execute('SELECT 1'),
  inquiries.find(),
  inquiries.count(),
  inquiries.create({topic: 'sales', name: 'Ada', email: 'ada@example.org', message: 'Hello'}),
  inquiries.updateAll({name: 'Grace'}),
  inquiries.deleteAll({name: 'Nobody'}),
  inquiries.beginTransaction(),
];

async function expectUnavailable(inquiries: InquiryRepository): Promise<void> {
  for (const outcome of await Promise.allSettled(calls(inquiries))) {
    expect(outcome).toMatchObject({status: 'rejected', reason: expect.any(UnavailableError) as unknown});
  }
}

test.each([
  ['is away', () => proxy.refuse()],
  ['never answers', async () => proxy.blackHole()],
])('when PostgreSQL %s at the start', async (_, fault) => {
  await fault();
  const inquiries = await givenInquiries();
  await expectUnavailable(inquiries);
  await proxy.pass();
  expect(await inquiries.execute('SELECT 1 AS one')).toEqual([{one: 1}]);
  expect(await inquiries.find()).toEqual([]);
});

test('when PostgreSQL stops answering, no transaction that could not begin or end keeps a connection', async () => {
  const inquiries = await givenInquiries();
  const open = await inquiries.beginTransaction();
  await inquiries.execute('SELECT 1');
  proxy.blackHole();
  const committed = open.commit();
  const began = [1, 2, 3].map(() => inquiries.beginTransaction());
  for (const outcome of await Promise.allSettled([committed, ...began])) {
    expect(outcome).toMatchObject({status: 'rejected', reason: expect.any(UnavailableError) as unknown});
  }
  await proxy.pass();
  const again = await Promise.allSettled([1, 2].map(() => inquiries.beginTransaction())); // all that the pool has
  for (const outcome of again) if (outcome.status === 'fulfilled') await outcome.value.rollback();
  expect(again.map(({status}) => status)).toEqual(['fulfilled', 'fulfilled']);
});
