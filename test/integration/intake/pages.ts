// Cases in a real browser: a form on a page of another origin, without the script and with it, and what people, their tools and
// programs do with it. The form has no other help than docs/public-site.md gives.
import type {Browser, Page} from 'playwright-core';
import {FormTokens} from '../../../src/services/guards/form-tokens';
import type {Site} from '../../helpers/public-site';
import {FORM_TOKEN_KEY} from '../../helpers/rest';
import {caseOf, type Fields, message} from './case';
import {judge, type Outcome} from './replay';
import type {System} from './system';

export interface PageCase {
  who: 'human' | 'bot';
  kind: string;
  title: string;
  fields: Fields;
  /** Without the script the form has a token of the site's server; with it, the script asks for one. */
  form: 'plain' | 'script';
  javaScriptEnabled?: boolean;
  /** How many milliseconds before it the server made the token of a plain form; without one there is none. */
  shown?: number;
  /** Requests to these are blocked, as by extensions. */
  blocked?: RegExp;
  /** A message that is sent before it. */
  before?: string;
  /** Fills the form in and sends it. */
  act(page: Page, fields: Fields): Promise<void>;
}

const THANKS = 'Thank you';
const send = (page: Page) => page.getByRole('button', {name: 'Send'}).click();
/** Whichever form it was: a page of outreach says so, or the form's status. */
const thanked = (page: Page) => page.getByText(THANKS).first().waitFor();

async function fillIn(page: Page, fields: Fields): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(String(value));
}
const filledAndSent: PageCase['act'] = async (page, fields) => {
  await fillIn(page, fields);
  await send(page);
  await thanked(page);
};

/** As browsers fill in: all at once, what has a meaning by `autocomplete`; then the rest by hand. */
const autofilled: PageCase['act'] = async (page, fields) => {
  await page.evaluate(`(() => {
    const profile = ${JSON.stringify({name: fields.name, email: fields.email, tel: fields.phone})};
    for (const input of document.querySelectorAll('input')) {
      const value = profile[input.autocomplete];
      if (value === undefined) continue;
      input.value = value;
      for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, {bubbles: true}));
    }
  })()`);
  await page.getByLabel('Message').fill(String(fields.message));
  await send(page);
  await thanked(page);
};

/**
 * As password managers do: what looks like a user's name or a secret, seen or not, unless the page asks them not to. They fill in
 * when the page is loaded, and the visitor overwrites what is wrong.
 */
const managed: PageCase['act'] = async (page, fields) => {
  await page.evaluate(`(() => {
    for (const input of document.querySelectorAll('input')) {
      const isForbidden = input.dataset['1pIgnore'] !== undefined || input.dataset.lpignore === 'true';
      const looksLikeOne = /user|login|mail|name|pass|remarks/i.test(input.name + ' ' + input.id) || input.type === 'password';
      if (isForbidden || !looksLikeOne || input.type === 'hidden') continue;
      input.value = 'manager@example.org';
      input.dispatchEvent(new Event('input', {bubbles: true}));
    }
  })()`);
  await filledAndSent(page, fields);
};

/** By the keyboard alone: Tab to each field, in the order of the page. */
const tabbed: PageCase['act'] = async (page, fields) => {
  for (const name of ['name', 'email', 'phone', 'message']) {
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(String(fields[name] ?? ''));
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await thanked(page);
};

const doubleClicked: PageCase['act'] = async (page, fields) => {
  await fillIn(page, fields);
  await page.getByRole('button', {name: 'Send'}).dblclick({noWaitAfter: true});
  await thanked(page);
};

/** Programs that drive a browser: every field of the source gets something. */
const everyField: PageCase['act'] = async (page, fields) => {
  await fillIn(page, fields);
  await page.evaluate(`(() => {
    for (const input of document.querySelectorAll('input')) if (input.type !== 'hidden' && input.value === '') input.value = 'x';
    document.querySelector('button').click();
  })()`);
  await thanked(page);
};

/** A program that renders the form and sends it in the same moment. */
const sentAtOnce: PageCase['act'] = async (page, fields) => {
  await fillIn(page, fields);
  await page.evaluate(`(async () => {
    const [form] = document.forms;
    const {token} = await (await fetch(new URL('/form-token', form.action))).json();
    form.elements._token.value = token;
    setTimeout(() => form.submit());
  })()`);
  await thanked(page);
};

export const PAGES: PageCase[] = [
  {
    who: 'human',
    kind: 'autofill',
    title: 'a plain form',
    form: 'plain',
    shown: 4000,
    act: autofilled,
    fields: {
      name: 'Otto Fill',
      email: 'otto.fill@example.org',
      phone: '+49 30 555 01',
      message: 'All from the profile of my browser.',
    },
  },
  {
    who: 'human',
    kind: 'autofill',
    title: 'the script, sent as soon as it is filled in',
    form: 'script',
    act: autofilled,
    fields: {name: 'Sofia Fill', email: 'sofia.fill@example.org', phone: '+39 06 555 02', message: 'Veloce!'},
  },
  {
    who: 'human',
    kind: 'autofill',
    title: 'without the script and without a token',
    form: 'plain',
    act: autofilled,
    fields: {name: 'Anna Fill', email: 'anna.fill@example.org', message: 'Cached page, no token.'},
  },
  {
    who: 'human',
    kind: 'password manager',
    title: 'fills in what looks like a user’s name',
    form: 'plain',
    shown: 9000,
    act: managed,
    fields: {name: 'Kee Pass', email: 'kee.pass@example.org', message: 'My manager is eager.'},
  },
  {
    who: 'human',
    kind: 'password manager',
    title: 'with the script',
    form: 'script',
    act: managed,
    fields: {name: 'Bit Warden', email: 'bit.warden@example.org', message: 'Mine, too.'},
  },
  {
    who: 'human',
    kind: 'screen reader',
    title: 'without script, by Tab and Enter',
    form: 'plain',
    javaScriptEnabled: false,
    shown: 60_000,
    act: tabbed,
    fields: {name: 'Louis B.', email: 'louis.b@example.org', phone: '555 03', message: 'I read with my fingers.'},
  },
  {
    who: 'human',
    kind: 'screen reader',
    title: 'with script, by Tab and Enter',
    form: 'script',
    act: tabbed,
    fields: {name: 'Helen K.', email: 'helen.k@example.org', phone: '555 04', message: 'Announced well, thank you.'},
  },
  {
    who: 'human',
    kind: 'screen reader',
    title: 'without script and without a token',
    form: 'plain',
    javaScriptEnabled: false,
    act: tabbed,
    fields: {name: 'Ray C.', email: 'ray.c@example.org', phone: '555 05', message: 'Georgia?'},
  },
  {
    who: 'human',
    kind: 'double click',
    title: 'on a plain form in a browser',
    form: 'plain',
    shown: 30_000,
    act: doubleClicked,
    fields: {name: 'Dora Doppel', email: 'dora.doppel@example.org', message: 'Klick, klick.'},
  },
  {
    who: 'human',
    kind: 'double click',
    title: 'on a form with the script',
    form: 'script',
    act: doubleClicked,
    fields: {name: 'Dan Double', email: 'dan.double@example.org', message: 'Habit of a desktop.'},
  },
  {
    who: 'human',
    kind: 'retry',
    title: 'the page that thanks is loaded again',
    form: 'plain',
    shown: 30_000,
    fields: {name: 'Rita Reload', email: 'rita.reload@example.org', message: 'F5 says resubmit? Yes.'},
    act: async (page, fields) => {
      await filledAndSent(page, fields);
      await page.reload();
      await thanked(page);
    },
  },
  {
    who: 'human',
    kind: 'retry',
    title: 'Back, and sent again',
    form: 'plain',
    shown: 30_000,
    fields: {name: 'Beck Back', email: 'beck.back@example.org', message: 'Did it arrive?'},
    act: async (page, fields) => {
      await filledAndSent(page, fields);
      await page.goBack();
      await fillIn(page, fields);
      await send(page);
      await thanked(page);
    },
  },
  {
    who: 'human',
    kind: 'retry',
    title: 'offline for a moment, with the script',
    form: 'script',
    fields: {name: 'Ulla Unterwegs', email: 'ulla.unterwegs@example.org', message: 'Im Zug.'},
    act: async (page, fields) => {
      await fillIn(page, fields);
      await page.context().setOffline(true);
      await send(page);
      await page.locator('[role=status][data-state=offline]').waitFor();
      await page.context().setOffline(false);
      await thanked(page);
    },
  },
  {
    who: 'human',
    kind: 'slow typing',
    title: 'key by key, with the script',
    form: 'script',
    fields: {name: 'Schneck', email: 'schneck@example.org', message: 'langsam aber sicher'},
    act: async (page, fields) => {
      for (const [name, value] of Object.entries(fields))
        await page.locator(`[name=${name}]`).pressSequentially(String(value), {delay: 30});
      await send(page);
      await thanked(page);
    },
  },
  {
    who: 'human',
    kind: 'blocked third parties',
    title: 'all but the site and the service',
    form: 'script',
    blocked: /third-party/,
    act: filledAndSent,
    fields: {name: 'Uma Block', email: 'uma.block@example.org', message: 'I block everything.'},
  },
  {
    who: 'human',
    kind: 'blocked third parties',
    title: 'the script itself',
    form: 'script',
    blocked: /embed\.js/,
    act: filledAndSent,
    fields: {name: 'No Script', email: 'no.script@example.org', message: 'It still has an action.'},
  },
  {
    who: 'human',
    kind: 'blocked third parties',
    title: 'whatever is called a token',
    form: 'script',
    blocked: /token/,
    act: filledAndSent,
    fields: {name: 'Priva Sea', email: 'priva.sea@example.org', message: 'My extension knows best.'},
  },
  {
    who: 'bot',
    kind: 'headless browser',
    title: 'fills in every field of a plain form',
    form: 'plain',
    shown: 6000,
    act: everyField,
    fields: {name: 'Selenium', email: 'selenium@example.org', message: 'Best hosting deals'},
  },
  {
    who: 'bot',
    kind: 'headless browser',
    title: 'fills in every field of a form with the script',
    form: 'script',
    act: everyField,
    fields: {name: 'Puppet', email: 'puppet@example.org', message: 'Best VPN deals'},
  },
  {
    who: 'bot',
    kind: 'headless browser',
    title: 'sends a plain form at once',
    form: 'plain',
    shown: 0,
    act: sentAtOnce,
    fields: {name: 'Phantom', email: 'phantom@example.org', message: 'Best loan deals'},
  },
  {
    who: 'bot',
    kind: 'headless browser',
    title: 'sees what people see, and waits',
    form: 'script',
    act: filledAndSent,
    fields: {name: 'Stealth', email: 'stealth@example.org', message: 'Best lead deals'},
  },
  {
    who: 'bot',
    kind: 'headless browser',
    title: 'puts its links into the message',
    form: 'script',
    act: filledAndSent,
    fields: {
      name: 'Crawler',
      email: 'crawler@example.org',
      message: Array.from({length: 12}, (_, index) => `https://deal.example/${index}`).join(' '),
    },
  },
  {
    who: 'bot',
    kind: 'headless browser',
    title: 'sends another text by going back',
    form: 'plain',
    shown: 8000,
    fields: {name: 'Looper', email: 'looper@example.org', message: 'Best deals, second page'},
    before: 'Best deals, first page',
    act: async (page, fields) => {
      await filledAndSent(page, {...fields, message: 'Best deals, first page'});
      await page.goBack();
      await filledAndSent(page, fields);
    },
  },
];

/** The page of the form. */
export function pageOf(form: PageCase['form'], restUrl: string, token: string | undefined): string {
  const script = '<script src="/embed.js" defer></script>';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact</title>
    <script src="https://third-party.example/analytics.js" async></script>${form === 'script' ? script : ''}
    <form method="post" action="${restUrl}/inquiries"${form === 'script' ? ` data-outreach="${restUrl}"` : ''}>
      <input type="hidden" name="topic" value="sales">
      ${token === undefined ? '' : `<input type="hidden" name="_token" value="${token}">`}
      <p><label>Name <input name="name" autocomplete="name" required></label></p>
      <p><label>E-mail <input name="email" type="email" autocomplete="email" required></label></p>
      <p><label>Phone <input name="phone" autocomplete="tel"></label></p>
      <p><label>Message <input name="message" required></label></p>
      <div style="position: absolute; left: -999rem" aria-hidden="true"><label for="remarks">Leave this empty</label>
        <input id="remarks" name="_remarks" tabindex="-1" autocomplete="off" data-1p-ignore data-lpignore="true"></div>
      <button>Send</button>
      <p role="status"></p>
    </form></html>`;
}

/** Opens the page for a service, lets the case happen on it, and looks at what was stored. */
export async function replayPage(
  system: System,
  each: PageCase,
  {browser, site}: {browser: Browser; site: Site},
): Promise<Outcome> {
  const {who, kind, title, fields, before} = each;
  const path = `/${encodeURIComponent(`${system.guards} ${kind} ${title}`)}`;
  const token = each.shown === undefined ? undefined : new FormTokens([FORM_TOKEN_KEY]).issue(Date.now() - each.shown);
  site.files.set(path, {type: 'text/html', content: pageOf(each.form, system.rest.url, token)});
  const context = await browser.newContext({javaScriptEnabled: each.javaScriptEnabled ?? true, locale: 'en-GB'});
  const blocked = each.blocked ?? /third-party/;
  await context.route(
    url => blocked.test(url.href) && url.href !== site.origin + path,
    route => route.abort(),
  );
  const page = await context.newPage();
  await page.goto(site.origin + path);
  await each.act(page, fields);
  await context.close();
  const sent = before === undefined ? [fields] : [{...fields, message: before}, fields];
  const messages = sent.map(each => message({topic: 'sales', ...each}));
  return judge(system, caseOf(who, kind, title, messages));
}
