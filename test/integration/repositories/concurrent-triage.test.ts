// Several people change the same inquiries at the same time, on two replicas: whoever wins, the rows and the log agree.
import {Client} from 'pg';
import type {InquiryView} from '../../../src/contract/inquiry';
import type {BulkResult} from '../../../src/contract/triage';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenInquiry, givenTriage, type TestTriage, TRIAGE_SCOPES} from '../../helpers/triage';

let database: TestDatabase;
let issuer: TokenIssuer;
let replicas: [TestRest, TestRest];
let people: [TestTriage, TestTriage];

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  const options = {databaseUrl: database.url, issuer};
  replicas = await Promise.all([givenRest(options), givenRest(options)]);
  const person = async (rest: TestRest, subject: string) =>
    givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, subject}));
  people = await Promise.all([person(replicas[0], 'ada'), person(replicas[1], 'grace')]);
});

const who = (index: number): TestTriage => people[index % 2 ? 1 : 0];

/** A transaction of somebody else that holds the inquiries' locks until it is released. */
async function givenLocks(ids: string[]) {
  const client = new Client({connectionString: database.url});
  await client.connect();
  onTeardown(() => client.end());
  await client.query('BEGIN');
  await client.query('SELECT id FROM inquiry WHERE id = ANY ($1) FOR UPDATE', [ids]);
  return client;
}

/** Resolves when that many statements wait for a lock: the changes under test have all arrived. */
function waiting(count: number): Promise<void> {
  return eventually(async () => {
    const [row] = await database.query<{count: number}>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'`,
    );
    expect(row?.count).toBe(count);
  });
}

test('two people patch what both have read: one wins, the other gets 412, the log shows one change', async () => {
  for (let round = 1; round <= 20; round += 1) {
    const id = await givenInquiry(replicas[0]);
    const answers = await Promise.all([
      people[0].change(id, {assignee: 'ada'}, 1),
      people[1].change(id, {assignee: 'grace'}, 1),
    ]);
    expect(answers.map(({status}) => status).sort()).toEqual([200, 412]);
    const [winner, loser] = answers[0].status === 200 ? answers : [answers[1], answers[0]];
    const {assignee} = (await winner.json()) as InquiryView;
    await expectProblem(loser, 'precondition-failed');
    expect(await people[0].inquiry(id)).toMatchObject({assignee, version: 2});
    expect((await people[0].log(id)).map(({actor, from, to}) => [actor, from, to])).toEqual([
      [assignee, null, assignee],
    ]);
  }
});

test('the same when both are in PostgreSQL at once, waiting for the same row', async () => {
  const id = await givenInquiry(replicas[0]);
  const locks = await givenLocks([id]);
  const answers = Array.from({length: 6}, (_, index) => who(index).change(id, {assignee: `person ${index}`}, 1));
  await waiting(6);
  await locks.query('COMMIT');
  expect((await Promise.all(answers)).map(({status}) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  expect(await people[0].log(id)).toHaveLength(1);
  expect((await people[0].inquiry(id)).version).toBe(2);
});

test('a change that had to wait is judged by what the other one left, not by what it saw first', async () => {
  const id = await givenInquiry(replicas[0]);
  const locks = await givenLocks([id]);
  const toInProgress = people[0].change(id, {status: 'in_progress'}, '*');
  const unassigned = people[1].change(id, {assignee: null}, '*');
  await waiting(2);
  await locks.query("UPDATE inquiry SET status = 'spam', assignee = 'carol', version = 2 WHERE id = $1", [id]);
  await locks.query('COMMIT');
  const problem = await expectProblem(await toInProgress, 'conflict');
  expect(problem.detail).toBe('From spam the next status can be: new.');
  expect(await (await unassigned).json()).toMatchObject({status: 'spam', assignee: null, version: 3});
  expect((await people[0].log(id)).map(({kind, from, to}) => [kind, from, to])).toEqual([['assignee', 'carol', null]]);
});

test('an inquiry that leaves the claim, or goes, while a change of it waits is not found', async () => {
  const narrowed = givenTriage(replicas[1], await issuer.sign({scope: TRIAGE_SCOPES, topics: ['sales']}));
  const [moved, erased] = await Promise.all([givenInquiry(replicas[0]), givenInquiry(replicas[0])]);
  const locks = await givenLocks([moved, erased]);
  const answers = [
    narrowed.change(moved, {assignee: 'x'}, '*'),
    people[0].change(erased, {assignee: 'x'}, '*'),
    people[0].note(erased, {note: 'x'}),
  ];
  await waiting(3);
  await locks.query("UPDATE inquiry SET topic = 'press' WHERE id = $1", [moved]);
  await locks.query('DELETE FROM inquiry WHERE id = $1', [erased]);
  await locks.query('COMMIT');
  for (const answer of answers) await expectProblem(await answer, 'not-found');
  expect(await people[0].log(moved)).toEqual([]);
});

test('changes of any version all happen, one after the other, and the log is their chain', async () => {
  const id = await givenInquiry(replicas[0]);
  const names = Array.from({length: 30}, (_, index) => `person ${index}`);
  const answers = await Promise.all(names.map((assignee, index) => who(index).change(id, {assignee}, '*')));
  expect(new Set(answers.map(({status}) => status))).toEqual(new Set([200]));
  expect(answers.map(answer => Number(answer.headers.get('ETag')?.slice(1, -1))).sort((a, b) => a - b)).toEqual(
    names.map((_, index) => index + 2),
  );
  const log = await people[0].log(id);
  expect(log.map(({to}) => to).sort()).toEqual([...names].sort());
  expect(log.map(({from}) => from)).toEqual([null, ...log.slice(0, -1).map(({to}) => to)]); // each starts where one ended
  expect((await people[0].inquiry(id)).assignee).toBe(log.at(-1)?.to);
});

test('many change the same inquiries in opposite order: nobody deadlocks, and each row changes once per winner', async () => {
  const ids = await Promise.all(Array.from({length: 50}, () => givenInquiry(replicas[0])));
  const names = Array.from({length: 12}, (_, index) => `person ${index}`);
  const answers = await Promise.all(
    names.map((assignee, index) =>
      who(index).patch(`/inquiries?ids=${(index % 3 ? ids : [...ids].reverse()).join(',')}`, {assignee}),
    ),
  );
  expect(new Set(answers.map(({status}) => status))).toEqual(new Set([200]));
  for (const answer of answers) {
    const {results} = (await answer.json()) as {results: BulkResult[]};
    expect(new Set(results.map(({outcome}) => outcome))).toEqual(new Set(['updated']));
  }
  for (const id of ids.slice(0, 5)) {
    const log = await people[1].log(id);
    expect(log.map(({to}) => to).sort()).toEqual([...names].sort());
    expect(log.map(({from}) => from)).toEqual([null, ...log.slice(0, -1).map(({to}) => to)]);
  }
});

test('a change whose entry cannot be written does not happen', async () => {
  const id = await givenInquiry(replicas[0]);
  await database.query(`ALTER TABLE inquiry_activity ADD CONSTRAINT refuse CHECK (actor <> 'mallory')`);
  const mallory = givenTriage(replicas[0], await issuer.sign({scope: TRIAGE_SCOPES, subject: 'mallory'}));
  expect((await mallory.change(id, {status: 'spam'}, 1)).status).toBe(500);
  expect(await people[0].inquiry(id)).toMatchObject({status: 'new', version: 1});
  expect(await people[0].log(id)).toEqual([]);
});
