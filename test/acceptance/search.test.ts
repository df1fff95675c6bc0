// `q`: words anywhere in an inquiry, or a part of its short fields, whatever the accents and the case.
import {givenDatabase} from '../helpers/database';
import {givenSubmission} from '../helpers/inquiries';
import {expectProblem} from '../helpers/problem-details';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

const INQUIRIES: Record<string, Record<string, unknown>> = {
  zoe: {topic: 'sales', name: 'Zoë Müller', email: 'zoe@example.org', message: 'Bonjour, un café crème?'},
  lukasz: {
    topic: 'press',
    name: 'Łukasz Żak',
    email: 'l.zak+press@zak.example',
    message: 'Hello there',
  },
  yamada: {
    topic: 'sales',
    name: '山田太郎',
    email: 'yamada@example.jp',
    message: '見積もりをお願いします。 納期 は いつ',
  },
  rocket: {
    topic: 'sales',
    name: 'Bo',
    email: 'bo@rocket.example',
    company: '🚀 Labs',
    message: 'Liftoff at 100% or 5_5',
  },
  obrien: {
    topic: 'support',
    name: "Sinéad O'Brien",
    email: 'sinead@example.ie',
    subject: 'C:\\temp & "quotes"',
    message: 'It broke | again: !help',
  },
  address: {
    topic: 'press',
    name: 'Cy',
    email: 'cy@cy.example',
    message:
      'See https://shop.test/price-list_2027.html?page=nine, or write to <sales.north@mail.test>; 3.5 kg / 7.8kg / 12,000 pieces',
  },
  marks: {
    topic: 'support',
    name: 'Em',
    email: 'em@em.example',
    message: '「北京」、上海。 हिन्दी, ที่นี่ می\u200cخواهم، نه → 200€ ❤️',
  },
  endless: {
    topic: 'press',
    name: 'Di',
    email: 'di@di.example',
    message: `${'a'.repeat(2100)} ${'b'.repeat(2047)} brief`,
  },
  unicode: {topic: 'support', name: 'Uwe', email: 'uwe@bücher.example', message: 'Hi'},
  ascii: {topic: 'support', name: 'Ute', email: 'ute@xn--bcher-kva.example', message: 'Hi'},
  cyrillic: {topic: 'press', name: 'Жанна', email: 'zh@example.ru', company: 'ООО Ромашка', message: 'ПРИВЕТ мир'},
};

let rest: TestRest;
let issuer: TokenIssuer;
const names = new Map<string, string>();

beforeAll(async () => {
  const [database, tokens] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  issuer = tokens;
  rest = await givenRest({databaseUrl: database.url, issuer});
  for (const [name, fields] of Object.entries(INQUIRIES)) {
    const response = await rest.post('/inquiries', givenSubmission(fields));
    expect(response.status).toBe(201);
    names.set(((await response.json()) as {id: string}).id, name);
  }
});

async function find(q: string, more = '', topics?: string[]): Promise<string[]> {
  const response = await rest.get(`/inquiries?q=${encodeURIComponent(q)}${more}`, await issuer.sign({topics}));
  expect(response.status).toBe(200);
  const rows = (await response.json()) as {id: string}[];
  return rows.map(({id}) => names.get(id) ?? id).sort();
}

test.each([
  // accents and case
  ['zoe', ['zoe']],
  ['ZOË', ['zoe']],
  ['muller', ['zoe']],
  ['Müller', ['zoe']],
  ['MU\u0308LLER', ['zoe']], // decomposed
  ['CAFE', ['zoe']],
  ['lukasz', ['lukasz']],
  ['ŻAK', ['lukasz']],
  ['жанна', ['cyrillic']],
  ['привет', ['cyrillic']],
  // words anywhere, in any order, all of them
  ['hello', ['lukasz']],
  ['creme bonjour', ['zoe']],
  ['bonjour muller', ['zoe']],
  ['bonjour hello', []],
  ['  bonjour  ', ['zoe']],
  // whatever parts them: a word is letters and digits
  ['price list', ['address']],
  ['https://shop.test/price-list_2027.html', ['address']],
  ['shop.test', ['address']],
  ['sales.north@mail.test', ['address']],
  ['north mail', ['address']],
  ['12,000', ['address']],
  ['3.5 kg', ['address']],
  ['price-lis', []],
  ['price & (list)', ['address']],
  ['7.8kg', ['address']],
  ['7.8', []], // 7 and 8kg
  ['北京 上海', ['marks']],
  ['हिन्दी', ['marks']],
  ['हिन', []], // a mark parts nothing
  ['ที่นี่', ['marks']],
  ['می\u200cخواهم', ['marks']],
  ['خواهم', []],
  ['نه', ['marks']],
  ['200', ['marks']],
  // longer than a word can be
  ['brief', ['endless']],
  ['a'.repeat(52), []], // what is left of it where a length has eleven bits
  // a part of name, e-mail, company or subject, but not of the message
  ['ülle', ['zoe']],
  ['@example.org', ['zoe']],
  ['zak+press', ['lukasz']],
  ['машк', ['cyrillic']],
  ['emp & "quo', ['obrien']],
  ['onjou', []],
  // a domain in either spelling, also of an address
  ['bücher.example', ['ascii', 'unicode']],
  ['BÜCHER.Example', ['ascii', 'unicode']],
  ['bu\u0308cher.exam', ['ascii', 'unicode']],
  ['xn--bcher-kva.example', ['ascii', 'unicode']],
  ['XN--BCHER-KVA.Example', ['ascii', 'unicode']],
  ['ute@bücher.example', ['ascii']],
  ['uwe@xn--bcher-kva.example', ['unicode']],
  ['hi bücher.example ute', ['ascii']],
  ['bucher.example', ['unicode']], // another domain, which finds this one without its accent
  ['bücher', ['unicode']],
  ['xn--', ['ascii']],
  ['xn--\u00fc.example', []], // no domain
  // one character, two, no letters, no Latin
  ['ż', ['cyrillic', 'lukasz', 'zoe']],
  ['🚀', ['rocket']],
  ['🚀 labs', ['rocket']],
  ['🦓', []],
  ['山', ['yamada']],
  ['山田', ['yamada']],
  ['太郎', ['yamada']],
  ['山田太郎', ['yamada']],
  ['納期', ['yamada']],
  ['жа', ['cyrillic']],
  // wildcards of LIKE are characters
  ['%', []],
  ['_', []],
  ['％', []],
  ['＿', []],
  ['100%', ['rocket']],
  ['%zo%', []],
  ['z_e', []],
  ['\\', ['obrien']],
  ['c:\\temp', ['obrien']],
  ['\\%', []],
  // and so are operators of full text
  ["o'brien", ['obrien']],
  ["'", ['obrien']],
  ['"quotes"', ['obrien']],
  ['it & broke', ['obrien']],
  ['hello | bonjour', []],
  ['!help', ['obrien']],
  ['hel:*', []],
  ['(((', []],
  ['<->', []],
  ["');--", []],
  ['$1', []],
])('%j finds %j', async (q, expected) => {
  expect(await find(q)).toEqual([...expected].sort());
});

test('goes together with filters, order and pages', async () => {
  expect(await find('example')).toHaveLength(11);
  expect(await find('example', '&topic=press')).toEqual(['address', 'cyrillic', 'endless', 'lukasz']);
  expect(await find('example', '&status=resolved')).toEqual([]);
  expect(await find('example', `&filter=${encodeURIComponent('{"where":{"topic":{"neq":"press"}}}')}`)).toHaveLength(7);
  const seen: string[] = [];
  for (let path: string | undefined = '/inquiries?q=example&limit=4&order=oldest'; path;) {
    const response: Response = await rest.get(path, await issuer.sign());
    seen.push(...((await response.json()) as {id: string}[]).map(({id}) => names.get(id) ?? id));
    path = /<(.*)>/.exec(response.headers.get('Link') ?? '')?.[1];
  }
  expect(seen).toEqual(Object.keys(INQUIRIES));
});

test('counts what it finds', async () => {
  const response = await rest.get('/inquiries/count?q=EXAMPLE', await issuer.sign({topics: ['press']}));
  expect(await response.json()).toMatchObject({count: 4, byStatus: {new: 4}});
});

test('finds nothing outside of the topic claim', async () => {
  expect(await find('zoe', '', ['press'])).toEqual([]);
  expect(await find('example', '', ['press', 'support'])).toEqual([
    ...['address', 'ascii', 'cyrillic', 'endless', 'lukasz', 'marks', 'obrien', 'unicode'],
  ]);
  expect(await find('example', '', [])).toEqual([]);
});

test('takes 200 code points and no more', async () => {
  expect(await find('😀'.repeat(200))).toEqual([]);
  expect(await find('a '.repeat(99) + 'ab')).toEqual([]);
  for (const q of ['😀'.repeat(201), 'a'.repeat(201)]) {
    const response = await rest.get(`/inquiries?q=${encodeURIComponent(q)}`, await issuer.sign());
    const {errors} = await expectProblem(response, 'invalid-parameter', {without: q});
    expect(errors).toEqual([{parameter: 'q', code: 'too_big', max: 200, detail: 'must be at most 200 characters'}]);
  }
});

test.each([
  ['an empty one', ''],
  ['blanks', '%20%20'],
  ['NUL', 'a%00b'],
  ['a control character', 'a%07b'],
  ['text directions only', '%E2%80%AE%E2%80%8B'],
])('refuses %s', async (_, q) => {
  const {errors} = await expectProblem(await rest.get(`/inquiries?q=${q}`, await issuer.sign()), 'invalid-parameter');
  expect(errors?.map(({parameter}) => parameter)).toEqual(['q']);
});
