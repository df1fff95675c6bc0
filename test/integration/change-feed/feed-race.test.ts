// Twenty writers race, three readers follow through HTTP: each of them ends with what the database holds for it, by
// what it was returned alone. Readers with the usual cursors follow the same race, and do not.
// `RACE_SEED=n` repeats the writers' choices; when they meet is up to the machine.
import {setTimeout as delay} from 'node:timers/promises';
import type {Changes} from '../../../src/contract/feed';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {feedOfList, settled} from '../../helpers/feed';
import {type Committed, RACE_TOPICS, raceWriters} from '../../helpers/feed-race';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const WRITERS = 20;
const CHANGES = 100_000;
const POLL_MS = 20; // between two looks of a reader that has read all

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer});
});

/** What a reader has, by what it was sent. */
class Follower {
  readonly rows = new Map<string, string>();
  readonly sent = new Set<string>();
  readonly gone = new Set<string>();
  readonly sentAsNew = new Map<string, number>();
  private readonly versions = new Map<string, number>();
  requests = 0;

  private constructor(
    readonly topics: readonly string[],
    private feed: string,
    private readonly token: string,
    private readonly query: string,
  ) {}

  static async start(topics: readonly string[], {claim, query = ''}: {claim?: string[]; query?: string}) {
    const token = await issuer.sign({topics: claim, expiresIn: 3600});
    return new Follower(topics, await feedOfList(rest, token, query), token, query);
  }

  /** Follows until `isOver`, and then to the end. */
  async follow(isOver: () => boolean): Promise<void> {
    for (let isLast = false; !isLast;) {
      isLast = isOver();
      while (await this.read());
      await delay(POLL_MS);
    }
  }

  private async read(): Promise<boolean> {
    const response = await rest.get(`/inquiries/changes?after=${this.feed}&${this.query}`, this.token);
    const {data, feed, hasMore} = (await response.json()) as Changes;
    expect(response.status).toBe(200);
    this.requests += 1;
    for (const change of data) {
      if (change.kind === 'gone') {
        this.rows.delete(change.id);
        this.gone.add(change.id);
        this.sent.add(change.id);
        continue;
      }
      const {id, version, topic, status} = change.inquiry;
      if ((this.versions.get(id) ?? 0) > version) throw new Error('returned an older state after a newer one');
      this.versions.set(id, version);
      this.rows.set(id, `${version} ${topic} ${status}`);
      this.sent.add(id);
      if (change.isNew) this.sentAsNew.set(id, (this.sentAsNew.get(id) ?? 0) + 1);
    }
    this.feed = feed;
    return hasMore;
  }
}

/** A cursor of the last row's time, or of its transaction but without the horizon. */
async function followNaively(
  column: 'updated_at' | 'changed_xid',
  isOver: () => boolean,
): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  let last = {at: column === 'updated_at' ? '-infinity' : '0', id: '00000000-0000-0000-0000-000000000000'};
  for (let isLast = false; !isLast;) {
    isLast = isOver();
    for (;;) {
      const rows = await database.query<{at: string; id: string; version: number}>(
        `SELECT ${column}::text AS at, id, version FROM inquiry WHERE (${column}, id) > ($1, $2)
         ORDER BY ${column}, id LIMIT 1000`,
        [last.at, last.id],
      );
      for (const {id, version} of rows) versions.set(id, version);
      last = rows.at(-1) ?? last;
      if (rows.length < 1000) break;
    }
    await delay(POLL_MS);
  }
  return versions;
}

async function finalRows(topics: readonly string[]): Promise<Map<string, string>> {
  const rows = await database.query<{id: string; state: string}>(
    `SELECT id, version || ' ' || topic || ' ' || status AS state FROM inquiry WHERE topic = ANY ($1)`,
    [topics],
  );
  return new Map(rows.map(({id, state}) => [id, state]));
}

/** How many entries of `expected` the other one lacks or has otherwise; a diff of so many would say nothing. */
function differences<T>(expected: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): string[] {
  return [...expected].filter(([id, value]) => other.get(id) !== value).map(([id]) => id);
}

test('readers of the feed lose nothing, whatever the order of commits; readers of other cursors do', async () => {
  const seed = Number(process.env.RACE_SEED ?? Math.floor(Math.random() * 2 ** 31));
  process.stderr.write(`feed-race: RACE_SEED=${seed}\n`);
  const followers = await Promise.all([
    Follower.start(RACE_TOPICS, {}),
    Follower.start(['sales', 'press'], {claim: ['press', 'sales']}),
    Follower.start(['support'], {query: 'topic=support'}),
  ]);
  let committed: Committed | undefined;
  const isOver = () => committed !== undefined;
  const started = performance.now();
  const race = async () => {
    const result = await raceWriters({databaseUrl: database.url, writers: WRITERS, changes: CHANGES, seed});
    await settled(database);
    committed = result;
    return result;
  };
  const [{changes, deleted, everIn}, byTime, byTransaction] = await Promise.all([
    race(),
    followNaively('updated_at', isOver),
    followNaively('changed_xid', isOver),
    ...followers.map(follower => follower.follow(isOver)),
  ]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  expect(changes).toBeGreaterThanOrEqual(CHANGES);
  for (const {topics, rows, sent, gone, sentAsNew} of followers) {
    const expected = await finalRows(topics);
    expect([topics, differences(expected, rows), differences(rows, expected)]).toEqual([topics, [], []]);
    const seen = new Set(
      RACE_TOPICS.filter(topic => topics.includes(topic)).flatMap(topic => [...(everIn.get(topic) ?? [])]),
    );
    expect([topics, [...sent].filter(id => !seen.has(id))]).toEqual([topics, []]); // nothing out of reach
    expect([topics, [...sentAsNew].filter(([, count]) => count > 1)]).toEqual([topics, []]);
    if (topics !== RACE_TOPICS) continue;
    expect([...deleted].filter(id => !gone.has(id))).toEqual([]);
    expect([...rows.keys()].filter(id => !sentAsNew.has(id))).toEqual([]);
  }
  const final = await database.query<{id: string; version: number}>('SELECT id, version FROM inquiry');
  const versions = new Map(final.map(({id, version}) => [id, version]));
  const lost = [byTime, byTransaction].map(naive => differences(versions, naive).length);
  process.stderr.write(
    `feed-race: ${changes} changes in ${seconds} s, ${versions.size} rows left, ${deleted.size} deleted, ` +
      `${followers.map(({requests}) => requests).join(' + ')} requests; lost by time ${lost[0]}, by transaction ${lost[1]}\n`,
  );
  expect(Math.min(...lost)).toBeGreaterThan(0);
}, 180_000);
