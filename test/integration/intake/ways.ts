// Humans: how what they send gets to the service. Slow typing, retries, double clicks, proxies and shared addresses.
import {type Case, caseOf, casesOf, FORM, message, type Message, SCRIPT} from './case';

const HOUR = 60 * 60 * 1000;
const KEY = (text: string) => ({'Idempotency-Key': text});

/** Different people, who have one address of the network. */
function together(count: number, from: string, how: (index: number) => Partial<Message>): Message[] {
  return Array.from({length: count}, (_, index) =>
    message(
      {
        name: `${FIRST_NAMES[index % FIRST_NAMES.length]} ${LAST_NAMES[Math.floor(index / FIRST_NAMES.length) % LAST_NAMES.length]}`,
        message: `${QUESTIONS[index % QUESTIONS.length]} (seat ${index + 1})`,
      },
      {...SCRIPT, from, ...how(index)},
    ),
  );
}
const FIRST_NAMES = [
  'Aisha',
  'Björn',
  'Chloé',
  'Dmitri',
  'Eun-ji',
  'Fatou',
  'Gábor',
  'Hana',
  'Iñaki',
  'Jürgen',
  'Kwame',
];
const LAST_NAMES = [
  'Abdi',
  'Blanc',
  'Çelik',
  'Dąbrowski',
  'Eriksson',
  'Fischer',
  'García',
  'Hoàng',
  'Ito',
  'Jansen',
  'Kaya',
];
const QUESTIONS = [
  'May I bring a guest?',
  'Is lunch vegetarian?',
  'Where do I park?',
  'Will it be recorded?',
  'Is there a ramp?',
];

export const WAYS: Case[] = [
  ...casesOf('human', 'slow typing', FORM, [
    ['three seconds, all by autofill', {name: 'Quick Nick', message: 'As last year.'}, {shown: 3000}],
    [
      'five minutes with one finger',
      {name: 'Opa Willi', message: 'ich suche ersatzteile für mein radio'},
      {shown: 5 * 60_000},
    ],
    ['a coffee and two hours', {name: 'Bea', message: 'Sorry, was interrupted. Two rooms please.'}, {shown: 2 * HOUR}],
    [
      'a proof that is older than an hour',
      {name: 'Siri V.', message: 'I was at lunch.'},
      {...SCRIPT, shown: 3 * HOUR, isProved: true},
    ],
    ['a tab that was open over night', {name: 'Late Kate', message: 'Still interested.'}, {shown: 20 * HOUR}],
    ['a tab that was open for three days', {name: 'Anders', message: 'Fanen har stått åpen.'}, {shown: 72 * HOUR}],
    [
      'a token of a key that was replaced',
      {name: 'Old Page', message: 'From a cached page.'},
      {added: {_token: 'A'.repeat(46)}, shown: undefined},
    ],
    [
      'a token that the cache of the site gives everybody, cut off',
      {name: 'Cache', message: 'Hello there.'},
      {added: {_token: 'AZx1q2w3'}, shown: undefined},
    ],
    [
      'a stale token and a stale proof at once',
      {name: 'Stale', message: 'Monday’s tab.'},
      {...SCRIPT, shown: 30 * HOUR},
    ],
  ]),
  ...casesOf('human', 'retry', SCRIPT, [
    [
      'a lost answer: the script sends it again with its key',
      {name: 'Metro', message: 'Sent in a tunnel.'},
      {times: 3, headers: KEY('tunnel-1')},
    ],
    [
      'a server of the site that sends again without a key',
      {name: 'Cron', message: 'With its token alone.'},
      {times: 3},
    ],
    ['multipart that is sent again', {name: 'Multi', message: 'Zweimal.'}, {times: 2, as: 'multipart'}],
    ['a form that is sent again after Back', {name: 'Backspace', message: 'And back again.'}, {...FORM, times: 2}],
    [
      'twenty times, by a phone that has half a bar',
      {name: 'Half Bar', message: 'Please arrive.'},
      {times: 20, headers: KEY('half-a-bar')},
    ],
  ]),
  caseOf('human', 'retry', 'corrected and sent once more: both are kept, the second one set aside', [
    message({name: 'Typo', message: 'I need 10 chars.'}, {...FORM, token: 'page'}),
    message({name: 'Typo', message: 'I need 10 chairs.'}, {...FORM, token: 'page', after: 1}),
  ]),
  caseOf('human', 'retry', 'with a constant key, as a tutorial has it: other texts are other inquiries', [
    message({name: 'Copy', message: 'First.'}, {...SCRIPT, headers: KEY('constant-key')}),
    message({name: 'Paste', message: 'Second.'}, {...SCRIPT, headers: KEY('constant-key')}),
  ]),
  ...casesOf('human', 'double click', FORM, [
    ['two clicks at once', {name: 'Twice', message: 'Click click.'}, {times: 2}],
    ['five clicks of an impatient hand', {name: 'Dalli', message: 'Los, los, los!'}, {times: 5}],
    [
      'two clicks with a script of the site’s own',
      {name: 'Jquery', message: 'Two handlers are bound.'},
      {...SCRIPT, times: 2},
    ],
    ['two clicks of a FormData', {name: 'Fetcher', message: 'No guard against it.'}, {as: 'multipart', times: 2}],
    ['a tremor: eight clicks', {name: 'Parkin', message: 'My hand shakes, I am sorry.'}, {times: 8}],
  ]),
  ...casesOf('human', 'proxy', SCRIPT, [
    ['IPv6 of a phone', {name: 'Six', message: 'Over IPv6.'}, {from: '2001:db8:7:9::abcd'}],
    ['IPv4 in IPv6', {name: 'Mapped', message: 'Dual stack.'}, {from: '::ffff:198.51.100.4'}],
    [
      'a proxy that adds the port',
      {name: 'Port', message: 'Behind an application gateway.'},
      {from: '198.51.100.5:61022'},
    ],
    ['two proxies', {name: 'Chain', message: 'From the office.'}, {from: '10.0.0.7, 198.51.100.6'}],
    ['a proxy that says unknown', {name: 'Unknown', message: 'Hidden by squid.'}, {from: 'unknown'}],
    ['no address at all', {name: 'Nobody', message: 'Straight to the port.'}, {from: ''}],
    [
      'an address that somebody has made up before it',
      {name: 'Spoofed', message: 'A tool adds it.'},
      {from: '127.0.0.1, 198.51.100.8'},
    ],
    [
      'a VPN that changes its exit between two clicks',
      {name: 'Vee', message: 'Now in Oslo.'},
      {times: 2, headers: KEY('vpn-exit-1')},
    ],
    ['Tor', {name: 'Anon', message: 'I prefer not to say who I am.'}, {from: '192.0.2.66'}],
  ]),
  caseOf(
    'human',
    'shared address',
    'an office of 30 that signs up for a course',
    together(30, '198.51.100.30', () => ({})),
  ),
  caseOf(
    'human',
    'shared address',
    '200 people at a conference, with the script',
    together(200, '198.51.100.200', () => ({isProved: true})),
  ),
  caseOf(
    'human',
    'shared address',
    '200 people at a conference, with forms: 140 are set aside',
    together(200, '198.51.100.201', () => FORM),
  ),
  caseOf(
    'human',
    'shared address',
    'a school class of 90 on IPv6',
    together(90, '2001:db8:5::1', index => ({from: `2001:db8:5::${index + 1}`, isProved: true})),
  ),
  caseOf(
    'human',
    'shared address',
    'a carrier’s gateway, through the whole day',
    together(120, '198.51.100.31', index => ({after: index % 40 === 0 ? 20 : 0})),
  ),
  ...casesOf('human', 'programs of people', {as: 'json'}, [
    ['README’s curl', {topic: 'sales', name: 'Ada', email: 'ada@example.org', message: 'Hello'}],
    ['a server action of the site, without a token', {name: 'Next', message: 'From our own page, by our server.'}],
    ['an app for phones', {name: 'App User', message: 'Feedback: the map is upside down.', locale: 'fr-CA'}],
    ['a voice assistant of a car', {name: 'Driver', message: 'book a test drive for tuesday'}],
    [
      'a chat robot that hands over to people',
      {name: 'Guest 8841', message: 'Bot: How can I help?\nGuest: a human, please'},
    ],
    ['a test of a site in CI', {name: 'Test', email: 'ci+test@example.org', message: 'test'}],
  ]),
  caseOf(
    'human',
    'programs of people',
    'the business cards of a trade fair, 40 at once',
    together(40, '198.51.100.40', () => ({shown: undefined})),
  ),
];
