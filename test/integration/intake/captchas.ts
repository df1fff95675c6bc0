// Forms with the captcha of a provider, which is optional: humans who solve it, who never see it and who meet it while its provider
// is away; and bots that send none, make one up, or have people solve them.
import {type Case, caseOf, casesOf, CURL, type Fields, FORM, message, type Message, SCRIPT} from './case';

const HEADLESS = {...FORM, shown: 8000};
const captcha = (response: string): {added: Fields} => ({added: {'cf-turnstile-response': response}});
let count = 0;
/** One that the provider lets pass, once. */
const solved = () => captcha(`good ${(count += 1)}`);
const SPAM: Fields = {name: 'Follow Up', message: 'We add 500 real followers each month. Interested?'};

function many(length: number, how: (index: number) => Partial<Message>): Message[] {
  return Array.from({length}, (_, index) => message(SPAM, {...HEADLESS, ...how(index)}));
}

export const CAPTCHAS: Case[] = [
  ...casesOf('human', 'captcha', FORM, [
    ['solved in a form', {name: 'Ines', message: 'Do you ship to Madeira?'}, solved()],
    ['solved, and sent by the script', {name: 'Tomasz', message: 'Czy jest parking?'}, {...SCRIPT, ...solved()}],
    [
      'a lost answer: sent again with its key and the same response',
      {name: 'Tunnel', message: 'Sent three times.'},
      {...SCRIPT, ...solved(), times: 3, headers: {'Idempotency-Key': 'captcha-tunnel'}},
    ],
    ['a double click, with one response', {name: 'Dora', message: 'Klick, klick.'}, {...solved(), times: 2}],
    ['third parties are blocked, so that it never shows', {name: 'Shields Up', message: 'I use a blocker.'}],
    ['without script, by a screen reader', {name: 'Orca User', message: 'There was no captcha to be heard.'}],
    ['solved before a long lunch, and expired', {name: 'Siesta', message: 'Vuelvo a escribir.'}, captcha('late')],
  ]),
  ...casesOf('human', 'captcha outage', {...FORM}, [
    ['the provider fails', {name: 'Bad Luck', message: 'On a Monday.'}, {...solved(), provider: '500'}],
    ['the provider does not answer', {name: 'Patience', message: 'It took a moment.'}, {...solved(), provider: 'hang'}],
    ['the provider shows a page', {name: 'Just A Moment', message: 'Hello?'}, {...solved(), provider: 'html'}],
    ['the provider ends connections', {name: 'Reset', message: 'Anyone there?'}, {...solved(), provider: 'reset'}],
  ]),
  caseOf(
    'human',
    'captcha outage',
    'ten people in an hour without it',
    Array.from({length: 10}, (_, index) =>
      message(
        {name: `Visitor ${index + 1}`, message: `Is table ${index + 1} free?`},
        {...SCRIPT, ...solved(), from: `198.51.100.${60 + index}`, provider: '500'},
      ),
    ),
  ),
  ...casesOf('bot', 'captcha', CURL, [
    ['curl without a response', SPAM],
    ['curl with a response that it made up', SPAM, captcha('03AGdBq25')],
    ['a headless browser that cannot solve it', SPAM, HEADLESS],
    ['a response that was solved an hour before', SPAM, {...HEADLESS, ...captcha('late')}],
  ]),
  caseOf(
    'bot',
    'farmed captchas',
    'one response that was solved by a person, for twenty messages',
    many(20, index => ({...captcha('good farmed'), from: `203.0.113.${index + 1}`, after: 0.01})),
  ),
  caseOf(
    'bot',
    'farmed captchas',
    'ten messages from ten addresses, each with a response that a person solved',
    many(10, index => ({...solved(), from: `203.0.113.${100 + index}`, after: 0.01})),
  ),
  caseOf(
    'bot',
    'farmed captchas',
    'eighty messages from one address, each with a response that a person solved',
    many(80, () => ({...solved(), after: 0.01})),
  ),
];
