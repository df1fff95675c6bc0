// Writers that race: transactions of random length that store, change, move and delete inquiries and commit in any
// order, or roll back; and what they leave behind, to hold readers against.
import {setTimeout as delay} from 'node:timers/promises';
import {Client} from 'pg';
import {uuidv7} from 'uuidv7';
import {onTeardown} from './teardown';

export const RACE_TOPICS = ['general', 'sales', 'support', 'press'] as const;
type Topic = (typeof RACE_TOPICS)[number];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What was committed. */
export interface Committed {
  /** Rows stored, changed, moved and deleted, in all. */
  changes: number;
  deleted: Set<string>;
  /** The inquiries that each topic has ever had at a commit. */
  everIn: Map<Topic, Set<string>>;
}

export interface RaceOptions {
  databaseUrl: string;
  writers: number;
  /** They stop once this many changes are committed. */
  changes: number;
  seed: number;
}

/** Runs the race to its end. Each writer works on rows of its own, so that they never wait for each other. */
export async function raceWriters({databaseUrl, writers, changes, seed}: RaceOptions): Promise<Committed> {
  const committed: Committed = {
    changes: 0,
    deleted: new Set(),
    everIn: new Map(RACE_TOPICS.map(topic => [topic, new Set()])),
  };
  const write = async (number: number) => {
    const client = new Client({connectionString: databaseUrl});
    await client.connect();
    onTeardown(() => client.end());
    const writer = new Writer(client, createRandom(seed + number), committed);
    while (committed.changes < changes) await writer.runTransaction();
  };
  await Promise.all(Array.from({length: writers}, (_, number) => write(number)));
  return committed;
}

const MOST_ROWS = 60;
const LONGEST_PAUSE_MS = 25;

class Writer {
  /** The topic of each row, as committed. */
  private rows = new Map<string, Topic>();

  constructor(
    private readonly client: Client,
    private readonly random: () => number,
    private readonly committed: Committed,
  ) {}

  async runTransaction(): Promise<void> {
    const rows = new Map(this.rows);
    let changes = 0;
    await this.client.query('BEGIN');
    for (let statements = 1 + this.pick(4); statements > 0; statements--) {
      changes += await this.runStatement(rows);
      if (this.random() < 0.7) await delay(this.pick(LONGEST_PAUSE_MS)); // holds the horizon back
    }
    if (this.random() < 0.1) {
      await this.client.query('ROLLBACK');
      return;
    }
    await this.client.query('COMMIT');
    for (const id of this.rows.keys()) if (!rows.has(id)) this.committed.deleted.add(id);
    for (const [id, topic] of rows) this.committed.everIn.get(topic)?.add(id);
    this.rows = rows;
    this.committed.changes += changes;
  }

  /** One statement about several rows; how many. */
  private async runStatement(rows: Map<string, Topic>): Promise<number> {
    const kind = this.random();
    if (kind < 0.3 || rows.size < MOST_ROWS) return this.store(rows);
    const ids = this.some([...rows.keys()]);
    if (kind < 0.7) {
      await this.client.query(
        `UPDATE inquiry SET status = $2, version = version + 1, updated_at = clock_timestamp() WHERE id = ANY ($1)`,
        [ids, this.one(['new', 'in_progress', 'resolved', 'spam'])],
      );
    } else if (kind < 0.85) {
      const topic = this.one(RACE_TOPICS);
      for (const id of ids) rows.set(id, topic);
      await this.client.query(
        `UPDATE inquiry SET topic = $2, version = version + 1, updated_at = clock_timestamp() WHERE id = ANY ($1)`,
        [ids, topic],
      );
    } else {
      for (const id of ids) rows.delete(id);
      await this.client.query('DELETE FROM inquiry WHERE id = ANY ($1)', [ids]);
    }
    return ids.length;
  }

  private async store(rows: Map<string, Topic>): Promise<number> {
    const topic = this.one(RACE_TOPICS);
    const ids = Array.from({length: 1 + this.pick(MOST_ROWS)}, () => uuidv7());
    for (const id of ids) rows.set(id, topic);
    await this.client.query(
      `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
       SELECT id, $2, 'Ada', 'a@example.org', 'Hi', clock_timestamp(), clock_timestamp(), '', ''
       FROM unnest($1::uuid[]) AS id`,
      [ids, topic],
    );
    return ids.length;
  }

  private pick(below: number): number {
    return Math.floor(this.random() * below);
  }

  private one<T>(choices: readonly T[]): T {
    const chosen = choices[this.pick(choices.length)];
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  }

  private some(ids: readonly string[]): string[] {
    const start = this.pick(ids.length);
    return ids.slice(start, start + 1 + this.pick(MOST_ROWS));
  }
}
