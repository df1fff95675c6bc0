// Replays what humans and bots send to a public form, with all guards: no human is lost. `npm run intake` replays it with each
// guard alone and with none, too, and writes docs/intake.md.
import {readFileSync} from 'node:fs';
import crypto from 'node:crypto';
import path from 'node:path';
import {givenBrowser} from '../../helpers/browser';
import {givenSite, type Site} from '../../helpers/public-site';
import {BOTS} from './bots';
import {CAPTCHAS} from './captchas';
import type {Case} from './case';
import {MESSAGES} from './messages';
import {PAGES, replayPage} from './pages';
import {PEOPLE} from './people';
import {emailOf, type Outcome, replay} from './replay';
import {casesOf, readPage, tablesOf, withPart, writePart} from './report';
import {givenSystem, guardsOf, type System} from './system';
import {WAYS} from './ways';

const CASES: readonly Case[] = [...PEOPLE, ...MESSAGES, ...WAYS, ...BOTS];
const TITLES = [...CASES, ...CAPTCHAS, ...PAGES].map(({who, kind, title}) => `${who}, ${kind}: ${title}`);
const IS_COMMAND = process.env.WRITE_INTAKE !== undefined;
/** So many pages of the browser at a time. */
const PAGES_AT_ONCE = 8;
const EMBED = path.resolve(__dirname, '../../../packages/client/dist/embed.js');

const outcomes = new Map<string, Outcome[]>();
/** Of the cases with a captcha: without a provider, and with one. */
const captchaOutcomes = new Map<string, Outcome[]>();
let site: Site;

beforeAll(async () => {
  // Challenges that are solved at once: what counts here is that they are, and who solves them.
  jest.spyOn(crypto as {randomInt(min: number, max: number): number}, 'randomInt').mockReturnValue(3);
  site = await givenSite();
  site.files.set('/embed.js', {type: 'text/javascript', content: readFileSync(EMBED, 'utf8')});
  const all = await givenSystem('all', site.origin);
  const alone = IS_COMMAND ? ['none', ...(await guardsOf(all.rest.app))] : [];
  const systems = [...(await Promise.all(alone.map(name => givenSystem(name, site.origin)))), all];
  for (const {guards} of systems) outcomes.set(guards, []);
  for (const system of systems) await replayCases(system);
  await replayPages(systems);
  for (const system of [all, await givenSystem('captcha', site.origin)]) {
    const replayed: Outcome[] = [];
    for (const [place, each] of CAPTCHAS.entries()) replayed.push(await replay(system, each, CASES.length + place));
    captchaOutcomes.set(system.guards, replayed);
  }
}, 600_000);

async function replayCases(system: System): Promise<void> {
  for (const [place, each] of CASES.entries()) {
    if (place % 25 === 0) say(`${system.guards}: ${place} of ${CASES.length} cases`);
    outcomes.get(system.guards)?.push(await replay(system, each, place));
  }
}

// Those of one service wait for the script, which waits for two seconds: others go on meanwhile.
async function replayPages(systems: readonly System[]): Promise<void> {
  const browser = await givenBrowser();
  const waiting = PAGES.flatMap(page => systems.map(system => ({page, system})));
  const found = new Map<string, Outcome>();
  const keyOf = ({page, system}: (typeof waiting)[number]) => `${system.guards} ${page.who} ${page.kind} ${page.title}`;
  const order = waiting.map(each => ({key: keyOf(each), guards: each.system.guards}));
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (waiting.length % 25 === 0) say(`browser: ${waiting.length} pages to go`);
      found.set(keyOf(next), await replayPage(next.system, next.page, {browser, site}));
    }
  };
  await Promise.all(Array.from({length: PAGES_AT_ONCE}, work));
  for (const {key, guards} of order) outcomes.get(guards)?.push(...[found.get(key)].filter(each => each !== undefined));
}

const say = (text: string) => process.stderr.write(`intake: ${text}\n`);

test('there are 250 cases, 120 of them of humans, each with a title and a sender of its own', () => {
  expect(TITLES.length).toBeGreaterThanOrEqual(250);
  expect(TITLES.filter(title => title.startsWith('human')).length).toBeGreaterThanOrEqual(120);
  expect(TITLES.filter((title, index) => TITLES.indexOf(title) !== index)).toEqual([]);
  const senders = [...CASES, ...CAPTCHAS].flatMap(each => [
    ...new Set(each.messages.map((message, index) => emailOf(each, message, index))),
  ]);
  expect(senders.filter((sender, index) => senders.indexOf(sender) !== index)).toEqual([]);
});

test('no human is lost: each message is stored once as typed, accepted, or released with one click', () => {
  for (const [guards, replayed] of [...outcomes, ...captchaOutcomes]) {
    const count = captchaOutcomes.get(guards) === replayed ? CAPTCHAS.length : TITLES.length - CAPTCHAS.length;
    expect({guards, count: replayed.length}).toEqual({guards, count});
    const lost = replayed.filter(({faults}) => faults.length > 0);
    expect(lost.map(({kind, title, faults}) => ({guards, kind, title, faults}))).toEqual([]);
  }
});

test('docs/intake.md says what became of each case', async () => {
  const cases = casesOf([...(outcomes.get('all') ?? []), ...(captchaOutcomes.get('captcha') ?? [])]);
  if (IS_COMMAND) {
    await writePart('tables', tablesOf(outcomes, captchaOutcomes));
    await writePart('cases', cases);
  }
  expect(await withPart('cases', cases)).toBe(await readPage());
});
