// `q`: words anywhere in an inquiry by their beginnings, parts of words in its short fields, and phone numbers, whatever the
// accents, the case and the database's locale (test/integration/postgres/locales.test.ts).
import {givenDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

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
  asia: {
    topic: 'careers',
    name: '鈴木\u3000一郎',
    email: 'suzuki@asia.test',
    company: '한국전력공사',
    message: '請問這個產品的價格是多少？\nこの商品の値段を教えてください。\nสินค้านี้ราคาเท่าไหร่ครับ',
  },
  folded: {
    topic: 'careers',
    name: 'İSMAİL IŞIK',
    email: 'isik@fold.test',
    company: 'Große Straße AG',
    subject: 'ΟΔΥΣΣΕΥΣ Nguyễn',
    message:
      'Donau\u00addampf\u00adschiff \uff37\uff49\uff44\uff45 o\ufb03ce Ёлка Київ м\u02bcята שָׁלוֹם مُحَمَّد ٢٠٢٧ 🇩🇪 👍🏽',
  },
  berlin: {topic: 'careers', name: 'Berlina', email: 'b@phone.test', phone: '+49 (0)30 7654321', message: 'Moin'},
  rome: {topic: 'careers', name: 'Roma', email: 'r@phone.test', phone: '06 1234 5678', message: 'Ciao'},
  called: {
    topic: 'careers',
    name: 'Carl',
    email: 'c@phone.test',
    message: 'Rückruf unter 089 7654321 (9-17 Uhr), bitte',
  },
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
  ['İsmail ışık', ['folded']],
  ['ISMAIL ISIK', ['folded']],
  ['strasse', ['folded']],
  ['GROSSE STRAẞE', ['folded']],
  ['οδυσσευς', ['folded']],
  ['Οδυσσεύσ', ['folded']],
  ['nguyen', ['folded']],
  ['donaudampfschiff', ['folded']],
  ['wide', ['folded']],
  ['office', ['folded']],
  ['елка', ['folded']],
  ['КИЇВ', ['folded']],
  ['киив', []], // another letter
  ["м'ята", ['folded']],
  ['שלום', ['folded']],
  ['محمد', ['folded']],
  ['2027', ['address', 'folded']],
  ['🇩🇪', ['folded']],
  ['🇫🇷', []],
  ['👍', ['folded']],
  // words anywhere, in any order, all of them
  ['hello', ['lukasz']],
  ['creme bonjour', ['zoe']],
  ['bonjour muller', ['zoe']],
  ['bonjour hello', []],
  ['  bonjour  ', ['zoe']],
  ['hel', ['lukasz', 'obrien']],
  ['bonj crè', ['zoe']],
  ['onjour', []],
  // whatever parts them: a word is letters and digits
  ['price list', ['address']],
  ['https://shop.test/price-list_2027.html', ['address']],
  ['shop.test', ['address']],
  ['sales.north@mail.test', ['address']],
  ['north mail', ['address']],
  ['12,000', ['address']],
  ['3.5 kg', ['address']],
  ['price-lis', ['address']],
  ['price-ist', []],
  ['price & (list)', ['address']],
  ['7.8kg', ['address']],
  ['7.8', ['address']],
  ['北京 上海', ['marks']],
  ['हिन्दी', ['marks']],
  ['हिन', ['marks']],
  ['दी', []], // a mark parts nothing
  ['ที่นี่', ['marks']],
  ['می\u200cخواهم', ['marks']],
  ['خواهم', []],
  ['نه', ['marks']],
  ['200', ['marks']],
  // longer than a word can be
  ['brief', ['endless']],
  ['a'.repeat(63), ['endless']],
  ['a'.repeat(200), ['endless']], // as far as it is compared
  [`${'a'.repeat(63)}b`, []],
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
  ['xn--\u00fc.example', ['ascii']], // no domain: xn, u, example
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
  ['жанн', ['cyrillic']],
  // scripts without blanks, wherever a part begins
  ['產品', ['asia']],
  ['價格是多少', ['asia']],
  ['價格多少', []],
  ['値段を教えて', ['asia']],
  ['ﾈﾀﾞﾝ', []],
  ['ราคา', ['asia']],
  ['ราคาเท่าไหร่', ['asia']],
  ['鈴木一郎', ['asia']],
  ['鈴木 一郎', ['asia']],
  ['一郎鈴木', []],
  ['產品 鈴木', ['asia']],
  ['한국', ['asia']],
  ['전력공', ['asia']],
  ['格', ['asia']],
  ['少', ['asia']],
  // phone numbers
  ['+49 30 7654321', ['berlin']],
  ['0049 30 7654321', ['berlin']],
  ['030 7654321', ['berlin']],
  ['(030) 765-43 21', ['berlin']],
  ['030/7654321', ['berlin']],
  ['7654321', ['berlin', 'called']],
  ['030 7654322', []],
  ['+43 30 7654321', []],
  ['+39 06 1234 5678', ['rome']],
  ['0612345678', ['rome']],
  ['+49 89 7654321', ['called']],
  ['(0 89) 76 54 321', ['called']],
  ['berlina 030 7654321', ['berlin']],
  ['moin 0307654321', ['berlin']],
  ['ciao 030 7654321', []],
  ['00000000', []],
  // punctuation parts words and is none: neither wildcards of LIKE
  ['%', []],
  ['_', []],
  ['％', []],
  ['＿', []],
  ['100%', ['rocket']],
  ['%zo%', ['zoe']],
  ['z_oe', []],
  ['\\', []],
  ['c:\\temp', ['obrien']],
  ['\\%', []],
  // nor operators of full text
  ["o'brien", ['obrien']],
  ["'", []],
  ['"quotes"', ['obrien']],
  ['it & broke', ['obrien']],
  ['hello | bonjour', []],
  ['!help', ['obrien']],
  ['hel:*', ['lukasz', 'obrien']],
  ['hello:b', []],
  ['(((', []],
  ['<->', []],
  ["');--", []],
  ['$1', ['address', 'called', 'rocket', 'rome']],
  ['…', []],
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
  expect(seen).toEqual(Object.keys(INQUIRIES).slice(0, 11)); // the others are of another domain
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
