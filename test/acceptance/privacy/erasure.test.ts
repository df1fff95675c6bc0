// POST /erasures: the address is nowhere afterwards, others keep everything else, and the audit records it without naming.
import {createHash, randomUUID} from 'node:crypto';
import {newId} from '../../../src/platform/time-ordered-id';
import {addressVector, mentionQuery} from '../../../src/repositories/privacy/mention-keys';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {columnsThatHold, textColumns} from '../../helpers/text-columns';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenTriage, TRIAGE_SCOPES} from '../../helpers/triage';

const ZERO = {inquiries: 0, activities: 0, notesRedacted: 0, subscriptions: 0};
const CONSENT = {consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)};

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign({scope: 'privacy:erase', subject: 'officer-7'});
});

const givenAddress = () => `ann.${randomUUID()}@example.org`;

function erase(email: string, bearer = token, headers: Record<string, string> = {}): Promise<Response> {
  return rest.post('/erasures', {email}, {Authorization: `Bearer ${bearer}`, ...headers});
}

async function erased(email: string): Promise<unknown> {
  const response = await erase(email);
  expect(response.status).toBe(200);
  return response.json();
}

async function submit(fields: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<string> {
  const response = await rest.post('/inquiries', givenSubmission(fields), headers);
  expect(response.status).toBe(201);
  return ((await response.json()) as {id: string}).id;
}

async function givenNote(inquiryId: string, note: string, actor = 'agent-1'): Promise<string> {
  const id = newId();
  await database.query(
    `INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, note, created_at, addresses)
     VALUES ($1, $2, 'note', $3, $4, now(), $5)`,
    [id, inquiryId, actor, note, addressVector([actor, note])],
  );
  return id;
}

// Neither the address nor its key, which is an index entry.
async function expectGone(email: string): Promise<void> {
  expect(await columnsThatHold(database, email)).toEqual([]);
  expect(await columnsThatMention(email)).toEqual([]);
}

async function columnsThatMention(email: string): Promise<string[]> {
  const vectors = await database.query<{table: string; column: string}>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'tsvector' ORDER BY 1, 2`,
  );
  const found: string[] = [];
  for (const {table, column} of vectors) {
    const rows = await database.query(`SELECT FROM ${table} WHERE ${column} @@ $1::tsquery LIMIT 1`, [
      mentionQuery(email),
    ]);
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

async function noteOf(id: string): Promise<string | undefined> {
  const rows = await database.query<{note: string}>('SELECT note FROM inquiry_activity WHERE id = $1', [id]);
  return rows[0]?.note;
}

test('removes inquiries, their activity and subscriptions of the address, whatever its case', async () => {
  const email = givenAddress();
  const ids = await Promise.all([submit({email}), submit({email: email.toUpperCase()}, {'Idempotency-Key': email})]);
  const other = await submit();
  await Promise.all([givenNote(ids[0], 'called'), givenNote(ids[0], `wrote to ${email}`), givenNote(other, 'called')]);
  for (const list of ['newsletter', 'events']) {
    expect((await rest.post('/subscriptions', {email, list, ...CONSENT})).status).toBe(202);
  }
  const response = await erase(email.toUpperCase());
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect([response.status, await response.json()]).toEqual([
    200,
    {inquiries: 2, activities: 2, notesRedacted: 0, subscriptions: 2},
  ]);
  await expectGone(email);
  expect(await database.query('SELECT FROM inquiry WHERE id = $1', [other])).toHaveLength(1);
  expect(await database.query('SELECT FROM inquiry_activity WHERE inquiry_id = $1', [other])).toHaveLength(1);
});

test('an address with an I, whose small letter is another one in Turkish, is erased, and so is a quote of it', async () => {
  const email = `INFO.${randomUUID()}@MINI.EXAMPLE.ORG`;
  await Promise.all([submit({email}), submit({email: email.toLowerCase()})]);
  const quoting = await submit({message: `Ask ${email}`, company: email.toLowerCase()});
  await givenNote(quoting, `Ask ${email.toLowerCase()}`);
  await rest.post('/subscriptions', {email, ...CONSENT});
  await rest.post('/subscriptions', {email: email.toLowerCase(), ...CONSENT}); // the same one
  expect(await erased(email)).toEqual({inquiries: 2, activities: 0, notesRedacted: 2, subscriptions: 1});
  await expectGone(email);
});

test('is idempotent: again, it finds nothing, and two at once agree', async () => {
  const email = givenAddress();
  await submit({email});
  const both = (await Promise.all([erased(email), erased(email)])) as {inquiries: number}[];
  expect(both.map(({inquiries}) => inquiries).sort()).toEqual([0, 1]);
  expect(await erased(email)).toEqual(ZERO);
});

test('takes the address out of every text column of every row of others, and changes nothing else of them', async () => {
  const email = `a${randomUUID().slice(0, 6)}@b.co`; // fits into the shortest columns
  const inquiryId = await submit({metadata: {utm_source: 'x'}}, {'Idempotency-Key': randomUUID()});
  await givenNote(inquiryId, 'Hello');
  const other = givenAddress();
  await rest.post('/subscriptions', {email: other, ...CONSENT});
  const seeded = await seedEveryTextColumn(email);
  expect(seeded).toEqual(
    expect.arrayContaining(
      [
        ...['company', 'locale', 'message', 'metadata', 'name', 'phone', 'privacy_notice_version', 'search_text'],
        ...['source_url', 'spam_reasons', 'subject', 'assignee'],
      ].map(column => `inquiry.${column}`),
    ),
  );
  expect(seeded).toEqual(
    expect.arrayContaining(['inquiry_activity.note', 'subscription.consent_version', 'subscription_consent.reason']),
  );
  expect(await columnsThatHold(database, email)).toEqual(expect.arrayContaining(seeded));
  expect(await columnsThatMention(email)).toEqual([
    'inquiry.search_words',
    'inquiry_activity.addresses',
    'subscription.addresses',
    'subscription_consent.addresses',
  ]);
  const counts = (await erased(email)) as typeof ZERO;
  expect({...counts, notesRedacted: 0}).toEqual(ZERO);
  expect(counts.notesRedacted).toBeGreaterThanOrEqual(3);
  await expectGone(email);
  const [row] = await database.query('SELECT message, metadata, version FROM inquiry WHERE id = $1', [inquiryId]);
  expect(row).toEqual({message: 'Re: [gone]!', metadata: {utm_content: 'Re: [gone]!'}, version: 2});
});

// Writes the address into each column that takes free text, also into columns that are added later: whoever adds one
// sees the test above fail until erasure knows it. What the application makes of the texts is made here.
async function seedEveryTextColumn(email: string): Promise<string[]> {
  const seeded: string[] = [];
  await setAppendOnly('DISABLE');
  for (const {table, column, type} of await textColumns(database)) {
    if (table === 'pgmigrations' || column.startsWith('email')) continue; // an address of their own
    if (!['text', 'character varying', 'jsonb'].includes(type)) continue;
    const value = type === 'jsonb' ? JSON.stringify({utm_content: `Re: ${email}!`}) : `Re: ${email}!`;
    const isTaken = await database.query(`UPDATE "${table}" SET "${column}" = $1 RETURNING 1`, [value]).then(
      rows => rows.length > 0,
      () => false, // a check of the column admits no free text
    );
    if (isTaken) seeded.push(`${table}.${column}`);
  }
  const key = addressVector([email]);
  await database.query('UPDATE inquiry SET search_words = $1', [key]);
  await database.query('UPDATE inquiry_activity SET addresses = $1', [key]);
  await database.query('UPDATE subscription SET addresses = $1', [key]);
  await database.query('UPDATE subscription_consent SET addresses = $1', [key]);
  await setAppendOnly('ENABLE');
  return seeded;
}

async function setAppendOnly(to: 'ENABLE' | 'DISABLE'): Promise<void> {
  for (const table of ['inquiry_activity', 'subscription_consent'])
    await database.query(`ALTER TABLE ${table} ${to} TRIGGER ${table}_append_only`);
}

test('own inquiries, subscriptions and redacted ones lose their idempotency records, and others keep them', async () => {
  const email = givenAddress();
  const quoting = givenAddress();
  const withKey = () => ({'Idempotency-Key': randomUUID()});
  const ids = await Promise.all([submit({email}, withKey()), submit({message: `Ask ${email}`}, withKey())]);
  const others = await Promise.all([submit({}, withKey()), submit({}, withKey())]);
  await rest.post('/subscriptions', {email, ...CONSENT}, withKey());
  await rest.post('/subscriptions', {email, ...CONSENT}, withKey()); // known already: of its request alone
  await rest.post('/subscriptions', {email: quoting, ...CONSENT, consentVersion: `Of ${email}`}, withKey());
  const subscriptions = await database.query<{id: string}>(
    `SELECT entry.id FROM subscription_consent AS entry JOIN subscription ON subscription_id = subscription.id
     WHERE email = ANY ($1)`,
    [[email, quoting]],
  );
  const records = () =>
    database.query<{id: string}>('SELECT id FROM idempotency_record WHERE id = ANY ($1) ORDER BY id', [
      [...ids, ...others, ...subscriptions.map(({id}) => id)],
    ]);
  expect(await records()).toHaveLength(7);
  expect(await erased(email)).toEqual({...ZERO, inquiries: 1, notesRedacted: 3, subscriptions: 1});
  expect((await records()).map(({id}) => id)).toEqual(others.sort());
});

test("a repeat stays a repeat when somebody else's address is erased, however alike, or among very many others", async () => {
  const email = givenAddress();
  const many = Array.from({length: 120}, (_, index) => `someone${index}@example${index}.org`).join(' ');
  const submissions = [{email: `jo.${email}`}, {message: `Ask jo.${email}`}, {message: many}].map(
    fields => [givenSubmission(fields), {'Idempotency-Key': randomUUID()}] as const,
  );
  const ids = () =>
    Promise.all(
      submissions.map(async ([submission, key]) => {
        const response = await rest.post('/inquiries', submission, key);
        return ((await response.json()) as {id: string}).id;
      }),
    );
  const first = await ids();
  expect(await erased(email)).toEqual(ZERO);
  expect(await ids()).toEqual(first);
  await database.query('DELETE FROM inquiry WHERE id = $1', [first[2]]); // every address has its key
});

test('takes the address out of a change that began with it, though no other one ended with it', async () => {
  const [email, id] = [givenAddress(), await submit()];
  await database.query('UPDATE inquiry SET assignee = $2 WHERE id = $1', [id, email]); // as another program may
  const triage = givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES}));
  expect((await triage.change(id, {assignee: 'carol'}, '*')).status).toBe(200);
  expect(await triage.log(id)).toMatchObject([{kind: 'assignee', from: email, to: 'carol'}]);
  expect(await erased(email)).toEqual({...ZERO, notesRedacted: 1});
  expect(await triage.log(id)).toMatchObject([{kind: 'assignee', from: '[gone]', to: 'carol'}]);
  await expectGone(email);
});

test('a redacted inquiry shows a new version, and is in the feed of changes', async () => {
  const email = givenAddress();
  const id = await submit({message: `Ask ${email}`});
  const before = await database.query<{changed_xid: string}>('SELECT changed_xid FROM inquiry WHERE id = $1', [id]);
  expect(await erased(email)).toEqual({...ZERO, notesRedacted: 1});
  const [row] = await database.query('SELECT message, version, changed_xid FROM inquiry WHERE id = $1', [id]);
  expect(row).toMatchObject({message: 'Ask [gone]', version: 2});
  expect(row).not.toMatchObject(before[0] ?? {});
});

test.each([
  ['plain', (email: string) => `Write to ${email}.`, 'Write to [gone].'],
  ['in capitals, twice', (email: string) => `<${email.toUpperCase()}>;${email}`, '<[gone]>;[gone]'],
  ['on a line of its own', (email: string) => `See\n${email}\nand call`, 'See\n[gone]\nand call'],
  ['in a link', (email: string) => `mailto:${email}?subject=x`, 'mailto:[gone]?subject=x'],
  ['percent-encoded', (email: string) => `https://a.b/?e=${email.replace('@', '%40')}&x`, 'https://a.b/?e=[gone]&x'],
  [
    'at the end of a sentence without a blank',
    (email: string) => `I wrote to ${email}.He said`,
    'I wrote to [gone].He said',
  ],
  ['after an ellipsis', (email: string) => `her address...${email}`, 'her address...[gone]'],
  ['in a numbered list', (email: string) => `1.${email}\n12.${email}`, '1.[gone]\n12.[gone]'],
  [
    'in a list with wide blanks',
    (email: string) => `a\u00a01.${email}\u30002.${email}`,
    'a\u00a01.[gone]\u30002.[gone]',
  ],
  ['after a dash', (email: string) => `mail--${email}--or call`, 'mail--[gone]--or call'],
  ['in quotes and underscores', (email: string) => `'${email}' _${email}_`, "'[gone]' _[gone]_"],
])('redacts the address %s and leaves the rest of the note', async (_how, quote, redacted) => {
  const email = givenAddress();
  const id = await givenNote(await submit(), quote(email));
  expect(await erased(email)).toEqual({...ZERO, notesRedacted: 1});
  expect(await noteOf(id)).toBe(redacted);
});

test.each([
  ['bücher.example', 'xn--bcher-kva.example'],
  ['BÜCHER.example', 'Xn--Bcher-Kva.example'],
  ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
  ['mail.пример.рф', 'mail.xn--e1afmkfd.xn--p1ai'],
  ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
])('an address at %s is also one at %s: stored, quoted and erased in either spelling', async (unicode, ascii) => {
  for (const [asked, index] of [unicode, ascii].map((domain, place) => [domain, place] as const)) {
    const local = `zoe.${randomUUID()}`;
    const [inUnicode, inAscii] = [`${local}@${unicode}`, `${local}@${ascii}`];
    const own = await Promise.all([submit({email: inUnicode}), submit({email: inAscii})]);
    await rest.post('/subscriptions', {email: [inAscii, inUnicode][index], ...CONSENT});
    await rest.post('/subscriptions', {email: [inUnicode, inAscii][index], ...CONSENT}); // the same one
    const quotes = [
      inUnicode,
      inAscii,
      encodeURIComponent(inUnicode),
      inUnicode.toUpperCase(),
      inUnicode.toLowerCase(),
    ];
    const texts = quotes.flatMap(quote => [`ask ${quote}!`, `<${quote}>`, `см.${quote}和`, `${quote}\u200b, please`]);
    const id = await submit({metadata: {a: inAscii, b: inUnicode}, subject: inUnicode, message: inAscii});
    const notes = await Promise.all(texts.map(text => givenNote(id, text)));
    expect(await erased(`${local}@${asked}`)).toEqual({
      inquiries: own.length,
      activities: 0,
      notesRedacted: notes.length + 1,
      subscriptions: 1,
    });
    expect(await columnsThatHold(database, local)).toEqual([]);
    expect(await columnsThatMention(inAscii)).toEqual([]);
    const left = await database.query<{note: string}>('SELECT note FROM inquiry_activity WHERE id = ANY ($1)', [notes]);
    expect(new Set(left.map(({note}) => note))).toEqual(
      new Set(['ask [gone]!', '<[gone]>', 'см.[gone]和', '[gone]\u200b, please']),
    );
  }
});

test('an internationalized domain is another one than what its letters look like', async () => {
  const local = `zoe.${randomUUID()}`;
  const others = ['bucher.example', 'buecher.example', 'xn--bcher.example', 'strasse.example'];
  const id = await givenNote(await submit(), others.map(domain => `${local}@${domain}`).join(' '));
  expect(await erased(`${local}@bücher.example`)).toEqual(ZERO);
  expect(await erased(`${local}@straße.example`)).toEqual(ZERO);
  expect(await noteOf(id)).not.toContain('[gone]');
});

const APOSTROPHES = ["'", '\u2018', '\u2019', '\u02bc', '\uff07'];
test.each(APOSTROPHES)('an address with the apostrophe %j is found with every other', async asked => {
  const name = randomUUID();
  const address = (apostrophe: string) => `zoe.o${apostrophe}${name}@example.org`;
  await submit({email: address(asked)});
  await givenNote(await submit(), APOSTROPHES.map(address).join(' '));
  expect(await erased(`${name}@example.org`)).toEqual(ZERO); // a shorter one
  const quotes = APOSTROPHES.flatMap(apostrophe => [address(apostrophe), encodeURIComponent(address(apostrophe))]);
  const id = await submit({message: quotes.join(' ')});
  await givenNote(id, `${quotes.join(', ')} %27 ${address('%27')}`);
  expect(await erased(address(asked))).toEqual({...ZERO, inquiries: 1, notesRedacted: 3});
  expect(await columnsThatHold(database, name)).toEqual([]);
});

const isInvisible = (point: number) => /\p{Default_Ignorable_Code_Point}/u.test(String.fromCodePoint(point));
// The first and the last of each range; test/integration/repositories/invisible-characters.test.ts has all of them.
const INVISIBLE = Array.from({length: 0xf0000}, (_, point) => point)
  .filter(point => isInvisible(point) && !(isInvisible(point - 1) && isInvisible(point + 1)))
  .map(point => String.fromCodePoint(point));

test('redacts the address whatever invisible characters stand in it and around it', async () => {
  const email = givenAddress();
  const [local, domain] = [email.slice(0, email.indexOf('@')), email.slice(email.indexOf('@') + 1)];
  const quotes = INVISIBLE.flatMap(unseen => [
    `${unseen}${email}${unseen}`,
    Array.from(email).join(unseen),
    `${local}${unseen}@${unseen}${domain}`,
    `to${unseen}${email}`,
    `${unseen}1.${email}`,
    `a1${unseen}%3C${email.replace('@', `${unseen}%40`)}`,
  ]);
  const id = await submit();
  const notes = await Promise.all(quotes.map(quote => givenNote(id, `so ${quote} and`)));
  expect(await erased(email)).toEqual({...ZERO, notesRedacted: quotes.length});
  const texts = await database.query<{note: string}>('SELECT note FROM inquiry_activity WHERE id = ANY ($1)', [notes]);
  const left = /^so (to|a1)?\p{DI}?(1\.|%3C)?\[gone\]\p{DI}? and$/u;
  expect(texts.filter(({note}) => !left.test(note))).toEqual([]);
});

test('redacts the address wherever it stands in metadata', async () => {
  const email = givenAddress();
  const values = (text: string) => ({a: text, b: `1.${text}`, c: `12.\u200b${text}`, d: `x "${text}"`, e: `\\${text}`});
  const id = await submit({metadata: values(email)});
  expect(await erased(email)).toEqual({...ZERO, notesRedacted: 1});
  expect(await database.query('SELECT metadata FROM inquiry WHERE id = $1', [id])).toEqual([
    {metadata: values('[gone]')},
  ]);
});

test('finds the address in the longest texts of the worst kinds', async () => {
  const email = 'a@b.co';
  const id = await submit();
  const worst = [`${email} `, `a\u200b@b.co\u200b`, `1.${email}\n`, `${email}.uk `, 'a.-_', '\u200b', 'a@'];
  const texts = worst.map(part => part.repeat(5000).slice(0, 4990) + ` ${email}`);
  await Promise.all(texts.map(text => givenNote(id, text)));
  expect(await erased(email)).toEqual({...ZERO, notesRedacted: texts.length});
  expect(await database.query('SELECT FROM inquiry_activity WHERE note ~ $1', ['(^| )a@b[.]co( |$)'])).toEqual([]);
});

test('an erased address is in no statistics, neither of tables nor of indexes, and no word of it or of its rows is', async () => {
  const email = 'cuauhtemoc.tenochtitlan@example.org'; // no part of which is in any other text
  const words = {name: 'Quetzalcoatl', company: 'Xochimilco', subject: 'Popocatepetl', message: 'Teotihuacan'};
  const gone = await Promise.all(Array.from({length: 40}, () => submit({email, ...words})));
  const others = await Promise.all(
    Array.from({length: 40}, () => submit({message: `Ask ${email}`, subject: email, metadata: {a: email}})),
  );
  await Promise.all([...gone, ...others].map(id => givenNote(id, email, email)));
  await database.query('UPDATE inquiry SET assignee = $1 WHERE id = ANY ($2)', [email, others]);
  await rest.post('/subscriptions', {email, ...CONSENT});
  await database.query('ANALYZE');
  expect(await erased(email)).toMatchObject({inquiries: 40});
  const statistics = await database.query<{text: string}>(
    `SELECT concat_ws('.', tablename, attname) AS place, lower(concat(most_common_vals::text, histogram_bounds::text, most_common_elems::text)) AS text
     FROM pg_stats WHERE schemaname = 'public'`,
  );
  expect(statistics.length).toBeGreaterThan(5);
  const parts = [
    'cuauhtemoc',
    'tenochtitlan',
    'chtitlan', // as a key of quoted addresses has it
    ...Object.values(words).map(word => word.toLowerCase()),
  ];
  expect(statistics.filter(({text}) => parts.some(part => text.includes(part)))).toEqual([]);
});

test('an erasure is done also when the statistics cannot be collected, and the log says so', async () => {
  const email = givenAddress();
  await submit({email});
  await database.query('ALTER FUNCTION outreach_analyze_search_words() RENAME TO analyze_later');
  try {
    expect(await erased(email)).toMatchObject({inquiries: 1});
  } finally {
    await database.query('ALTER FUNCTION analyze_later() RENAME TO outreach_analyze_search_words');
  }
  expect(await database.query('SELECT FROM inquiry WHERE email = $1', [email])).toEqual([]);
  expect(rest.lines.filter(({msg}) => msg === 'erasure.words.kept')).toMatchObject([{level: 'warn'}]);
});

test("leaves other people's longer addresses alone, and takes marks of patterns literally", async () => {
  const local = `n.${randomUUID()}+tag_1`;
  const email = `${local}@example.org`;
  const others = [
    `joa${email}`,
    `jo.${email}`,
    `${email}.uk`,
    `${email}.mail.com`,
    `${email}.UK`,
    `a1.${email}`,
    `${email}ic`,
    email.replace('.', 'x'),
  ];
  const id = await givenNote(await submit(), `${others.join(' ')} ${email}`);
  expect(await erased(email)).toEqual({...ZERO, notesRedacted: 1});
  expect(await noteOf(id)).toBe(`${others.join(' ')} [gone]`);
});

test.each(['q@b.c', 'q@b.co', 'q@ü.c'])(
  'the short address %s fits its mark into a text of full length',
  async email => {
    const id = await givenNote(await submit(), `${'x'.repeat(4999 - email.length)} ${email}`);
    expect(await erased(email)).toEqual({...ZERO, notesRedacted: 1});
    expect(await noteOf(id)).toMatch(/^x+ \[(gone|[.]{3})\]$/);
    expect(await noteOf(id)).toHaveLength(5000);
  },
);

test('an audit row says who, when, how many and by which request, and names nobody', async () => {
  const email = givenAddress();
  await submit({email});
  const requestId = randomUUID();
  await erase(email, token, {'X-Request-Id': requestId});
  const rows = await database.query<Record<string, unknown>>('SELECT * FROM privacy_audit WHERE request_id = $1', [
    requestId,
  ]);
  expect(rows).toEqual([
    {
      id: expect.any(String) as string,
      kind: 'erasure',
      actor: 'officer-7',
      request_id: requestId,
      counts: {...ZERO, inquiries: 1},
      created_at: expect.any(Date) as Date,
    },
  ]);
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].map(name => createHash(name).update(email).digest('hex'));
  for (const text of [email, ...hashes]) expect(await columnsThatHold(database, text)).toEqual([]);
});

test('who erases their own address is not named by the audit either, nor by what they did before', async () => {
  const email = givenAddress();
  const own = await issuer.sign({scope: 'privacy:erase', subject: email});
  await givenNote(await submit(), 'done', email);
  expect(await (await erase(givenAddress(), own)).json()).toEqual(ZERO);
  expect(await (await erase(email, own)).json()).toEqual({...ZERO, notesRedacted: 1});
  await expectGone(email);
});

test('all of it or nothing: an audit that cannot be written keeps the rows', async () => {
  const email = givenAddress();
  const id = await submit({email});
  await database.query("ALTER TABLE privacy_audit ADD CONSTRAINT full_check CHECK (kind <> 'erasure') NOT VALID");
  try {
    await expectProblem(await erase(email), 'internal-error', {without: email});
  } finally {
    await database.query('ALTER TABLE privacy_audit DROP CONSTRAINT full_check');
  }
  expect(await database.query('SELECT FROM inquiry WHERE id = $1', [id])).toHaveLength(1);
  expect(await erased(email)).toEqual({...ZERO, inquiries: 1});
});

test.each([[['sales']], [[]]])('a token narrowed to topics %j may not erase, and nothing happens', async topics => {
  const email = givenAddress();
  await submit({email});
  const narrowed = await issuer.sign({scope: 'privacy:erase', topics});
  await expectProblem(await erase(email, narrowed), 'forbidden', {without: email});
  expect(await erased(email)).toEqual({...ZERO, inquiries: 1});
});

test('needs its scope', async () => {
  const others = await issuer.sign({scope: 'privacy:export inquiries:read inquiries:triage'});
  await expectProblem(await erase(givenAddress(), others), 'forbidden');
  await expectProblem(await rest.post('/erasures', {email: givenAddress()}), 'unauthorized');
});

test.each([
  [{}, '/email'],
  [{email: 7}, '/email'],
  [{email: ['ann@example.org']}, '/email'],
  [{email: 'nobody'}, '/email'],
  [{email: '@example.org'}, '/email'],
  [{email: `${'a'.repeat(250)}@example.org`}, '/email'],
  [{email: 'ann@example.org', topic: 'sales'}, '/topic'],
])('refuses %j and names the field', async (body, pointer) => {
  const answer = await rest.post('/erasures', body, {Authorization: `Bearer ${token}`});
  const problem = await expectProblem(answer, 'invalid-body', {without: 'example.org'});
  expect(problem.errors?.map(error => error.pointer)).toContain(pointer);
});

test('erasing while others submit and note loses nobody else and deadlocks nobody', async () => {
  const email = givenAddress();
  const other = await submit();
  const work = await Promise.all(
    Array.from({length: 40}, async (_, index) => {
      if (index % 4 === 0) return erased(email);
      if (index % 4 === 1) return givenNote(other, `see ${email}`);
      return submit(index % 4 === 2 ? {email} : {message: `for ${email}`});
    }),
  );
  expect(work).toHaveLength(40);
  await erased(email);
  await expectGone(email);
  expect(await database.query("SELECT FROM inquiry WHERE message = 'for [gone]'")).toHaveLength(10);
});

test('erasing beside bulk changes of rows that quote the address deadlocks nobody', async () => {
  const email = givenAddress();
  const own = await Promise.all(Array.from({length: 10}, () => submit({email})));
  const quoting = await Promise.all(Array.from({length: 30}, () => submit({message: `ask ${email}`})));
  const triage = await issuer.sign({scope: 'inquiries:triage'});
  // Ids of both kinds in the order of the ids, which is not that of an erasure by kind.
  const ids = [...quoting.slice(0, 15), ...own, ...quoting.slice(15)].sort().join();
  const bulk = (assignee: string) =>
    fetch(`${rest.url}/inquiries?ids=${ids}`, {
      method: 'PATCH',
      headers: {'Content-Type': 'application/json', Authorization: `Bearer ${triage}`},
      body: JSON.stringify({assignee}),
    });
  for (let round = 0; round < 5; round += 1) {
    const answers = await Promise.all([bulk(`a${round}`), bulk(`b${round}`), erase(email), bulk(`c${round}`)]);
    expect(answers.map(({status}) => status)).toEqual([200, 200, 200, 200]);
    await database.query('UPDATE inquiry SET message = $1 WHERE id = ANY ($2)', [`ask ${email}`, quoting]);
  }
});

test('the logs hold no address', () => {
  expect(rest.lines.length).toBeGreaterThan(0);
  expect(rest.text()).not.toContain('@example.org');
});
