// Takes the pictures of docs/screenshots/ from a running system of its own: `npm run screenshots`. The inquiries are
// made up. WebP by Chromium itself, so that the files stay small without another tool.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {chromium} from 'playwright-core';

const OUTPUT = path.resolve(import.meta.dirname, '../docs/screenshots');
const QUALITY = 70;
const SIZES = {desktop: {width: 1280, height: 800}, phone: {width: 360, height: 740}};
const PEOPLE = [
  ['Ada Lovelace', 'sales', 'Ten engines', 'What would ten of them cost, and how soon could they be here?'],
  [
    'Grace Hopper',
    'support',
    'A moth in the relay',
    'Panel F stopped this afternoon. We found the reason and taped it in.',
  ],
  ['Hedy Lamarr', 'partnership', 'Frequency hopping', 'We hold a patent that may be of use to you. Shall we talk?'],
  [
    'Katherine Johnson',
    'press',
    'Numbers to check',
    'Before we print them, could you confirm the figures of your report?',
  ],
  ['Radia Perlman', 'careers', 'Opening for a networker', 'Is the position in the routing team still open?'],
  ['Margaret Hamilton', 'sales', 'Priority displays', 'We need a quote for a system that must not fail on landing.'],
  ['Edsger Dijkstra', 'general', 'The shortest way', 'Which of your offices is nearest to Eindhoven?'],
  ['Barbara Liskov', 'support', 'A substitute', 'May the new model be used wherever the old one was?'],
];

const directory = await mkdtemp(path.join(tmpdir(), 'outreach-screenshots-'));
const stack = spawn(process.execPath, ['dist/bin/dev.js'], {
  cwd: path.resolve(import.meta.dirname, '..'),
  env: {
    PATH: process.env.PATH,
    PORT: '0',
    GATEWAY_PORT: '0',
    WEB_PORT: '0',
    METRICS_PORT: '0',
    OUTREACH_DIRECTORY: directory,
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  await takeAll(await addresses());
} finally {
  const ended = once(stack, 'exit');
  stack.kill('SIGINT');
  await ended;
  await rm(directory, {recursive: true, force: true});
}

async function addresses() {
  for await (const chunk of stack.stdout) if (String(chunk).includes('outreach is ready')) break;
  return JSON.parse(await readFile(path.join(directory, 'dev.json'), 'utf8'));
}

async function takeAll({restUrl, webUrl, token}) {
  const id = await seed(restUrl, token);
  const office = `${webUrl}/back-office/#`;
  const shots = [
    ['inquiries', `${office}/inquiries`, page => page.locator('#inquiries li').last().waitFor()],
    ['inquiry', `${office}/inquiries/${id}/show`, page => page.locator('[data-kind=note]').waitFor()],
    ['subscriptions', `${office}/subscriptions`, page => page.locator('#subscriptions li').last().waitFor()],
    ['statistics', `${office}/statistics`, page => page.locator('main svg[role=img]').waitFor()],
    ['form', webUrl, page => page.locator('#subscription-form').waitFor()],
  ];
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']});
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({viewport, colorScheme, locale: 'en-GB', reducedMotion: 'reduce'});
      for (const [name, url, ready] of shots) await take(context, {url, ready, file: `${name}-${size}-${colorScheme}`});
      await context.close();
    }
  }
  await browser.close();
}

async function take(context, {url, ready, file}) {
  const page = await context.newPage();
  await page.goto(url);
  if (url.includes('/back-office/')) await page.locator('#connection[data-state=live]').waitFor();
  await ready(page);
  const session = await context.newCDPSession(page); // Playwright itself knows PNG and JPEG only
  const {data} = await session.send('Page.captureScreenshot', {format: 'webp', quality: QUALITY});
  await writeFile(path.join(OUTPUT, `${file}.webp`), Buffer.from(data, 'base64'));
  await page.close();
}

/** Resolves to the id of the inquiry that is shown by itself. */
async function seed(restUrl, token) {
  const send = async (method, route, body, headers = {}) => {
    const init = {method, headers: {'Content-Type': 'application/json', ...headers}, body: JSON.stringify(body)};
    const response = await fetch(restUrl + route, init);
    if (!response.ok) throw new Error(`${method} ${route} was answered with ${response.status}`);
    return response.json();
  };
  const authorized = {Authorization: `Bearer ${token}`, 'If-Match': '*'};
  const ids = [];
  for (const [name, topic, subject, message] of [...PEOPLE].reverse()) {
    const email = `${name.split(' ')[0].toLowerCase()}@example.org`;
    ids.unshift((await send('POST', '/inquiries', {topic, name, email, subject, message, company: 'Example Ltd'})).id);
  }
  await send('PATCH', `/inquiries/${ids[1]}`, {status: 'in_progress', assignee: 'grace'}, authorized);
  await send('POST', `/inquiries/${ids[1]}/notes`, {note: 'Called back: sends a photo of the moth.'}, authorized);
  await send('PATCH', `/inquiries/${ids[3]}`, {status: 'resolved', assignee: 'ada'}, authorized);
  await send('PATCH', `/inquiries/${ids[6]}`, {status: 'spam'}, authorized);
  for (const reader of ['linus', 'frances', 'alan', 'joan']) {
    const consent = {consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)};
    await send('POST', '/subscriptions', {email: `${reader}@example.org`, ...consent});
  }
  return ids[1];
}
