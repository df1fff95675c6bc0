// Humans: what they write. Links, pasted mails, price lists, code and poems, the shortest and the longest texts, and what page
// builders make of a form.
import {type Case, casesOf, FORM, SCRIPT} from './case';

const SIGNATURE = `--
Dr. Petra Kowalski | Head of Procurement
Analytical Engines Ltd, 12 St James's Square, London
T +44 20 7946 0018 | https://www.example.com | https://www.linkedin.com/in/petra-kowalski
Follow us: https://www.facebook.com/example https://www.instagram.com/example
Please consider the environment before printing this e-mail.`;

const THREAD = `Hi all,

as discussed. See below.

> On 12 Nov 2026, at 09:14, Sam Ortiz <sam@example.org> wrote:
>> From: Support <support@example.org>
>> Sent: Wednesday
>> Your ticket #4471 was closed: https://support.example.org/t/4471
> I can not accept that.

Best
Lea`;

const PRICES = `Angebot Nr. 2026-118
Pos.\tArtikel\tMenge\tEinzelpreis\tGesamt
1\tLochkarte, A4\t1.000\t0,12 €\t120,00 €
2\tZahnrad 40 mm\t25\t8,90 €\t222,50 €
Zwischensumme 342,50 €, abzüglich 3 % Skonto: 332,23 €`;

const TEN_LINKS = Array.from({length: 10}, (_, index) => `${index + 1}. https://archive.example.org/scan/${index + 1}`);

export const MESSAGES: Case[] = [
  ...casesOf('human', 'links', SCRIPT, [
    ['one link to the product', {name: 'Noor Haddad', message: 'Is https://shop.example.org/p/118 in stock?'}],
    [
      'two links, to choose from',
      {name: 'Ben Wu', message: 'Which is louder, https://a.example/1 or https://a.example/2?'},
    ],
    [
      'three links to press articles',
      {name: 'Ines Paz', message: 'Sobre ustedes: https://a.example https://b.example www.c.example'},
    ],
    [
      'four links to photos of the damage',
      {
        name: 'Tom Fox',
        message: 'Broken: https://i.example/1 https://i.example/2 https://i.example/3 https://i.example/4',
      },
    ],
    ['ten links, of an archive', {name: 'Prof. Ilse Braun', message: `Bitte um Scans von:\n${TEN_LINKS.join('\n')}`}],
    [
      'a link with a long query',
      {name: 'Raj Patel', message: `The page https://shop.example.org/?q=${'size%3D42%26'.repeat(30)} is empty.`},
    ],
    ['a link to a map', {name: 'Ola Nordmann', message: 'Er det her? https://maps.example/@59.91,10.75,17z'}],
    ['a link without a scheme', {name: 'Greta Holm', message: 'Die Seite example.org/kontakt geht nicht.'}],
    [
      'a link in brackets of Markdown',
      {name: 'Dev Anand', message: 'See [the docs](https://docs.example.org), section 3.'},
    ],
    [
      'a link in angle brackets, as mails have it',
      {name: 'Eric Blair', message: 'Read <https://blog.example.org/1984> first.'},
    ],
    [
      'HTML of a developer who asks about it',
      {name: 'Sue Park', message: 'Where do I put <a href="/help">Help</a> in your template?'},
    ],
    [
      'markup of a forum, out of habit',
      {name: 'oldtimer77', message: 'My build log is here: [url=https://forum.example/t/9]thread[/url]'},
    ],
    ['a signature with four links', {name: 'Petra Kowalski', message: `Please quote for 40 licences.\n\n${SIGNATURE}`}],
    [
      'a signature as HTML, pasted, with four links: set aside',
      {
        name: 'Carlos Vega',
        message:
          'Presupuesto, por favor.\n<a href="https://www.example.com">Web</a> <a href="https://fb.example/vega">FB</a> ' +
          '<a href="https://ig.example/vega">IG</a> <a href="https://li.example/vega">LinkedIn</a>',
      },
    ],
    [
      'eleven links of a librarian: set aside',
      {
        name: 'Maud Lester',
        message: `Dead links on your site:\n${[...TEN_LINKS, 'https://archive.example.org/scan/11'].join('\n')}`,
      },
    ],
    [
      'a site as the name: set aside',
      {name: 'www.hofladen-huber.example', message: 'Wir möchten Wiederverkäufer werden.'},
    ],
    ['a video call', {name: 'Yuki Mori', message: '会議はこちらです。https://meet.example/abc-defg-hij 明日10時。'}],
    [
      'links of a job application',
      {name: 'Ada Obi', message: 'CV: https://ada.example/cv.pdf, code: https://git.example/ada'},
    ],
  ]),
  ...casesOf('human', 'pasted texts', FORM, [
    ['a thread of mails', {name: 'Lea Brandt', message: THREAD}],
    ['a list of prices with tabs', {name: 'Rolf Kern', message: PRICES}],
    [
      'a stack trace',
      {name: 'Gil Amelio', message: 'TypeError: x is undefined\n    at f (https://app.example/main.js:1:2)\n    at g'},
    ],
    ['SQL', {name: 'Joe Celko', message: "Does your import take SELECT * FROM t WHERE a = 'b' -- c;?"}],
    [
      'a script tag, of somebody who reports a hole',
      {name: 'Kay Sun', message: 'Your search echoes <script>alert(1)</script>.'},
    ],
    ['JSON', {name: 'Otto Ein', message: 'Your API said {"error": {"code": 17, "message": "no \\"key\\""}}. Why?'}],
    [
      'a poem',
      {
        name: 'Emily D.',
        message: 'Because I could not stop for Death –\nHe kindly stopped for me –\n\nFor your anthology?',
      },
    ],
    [
      'lines of PowerPoint',
      {name: 'Anke Hahn', message: 'Agenda\u000bZiele\u2028Termine'},
      {stored: {message: 'Agenda\nZiele\nTermine'}},
    ],
    ['quotes of Word', {name: 'Yves Ney', message: '« Bonjour », dit-il – “hello” — „guten Tag“ … ½ € №'}],
    ['a table of dots', {name: 'Mia Toth', message: 'Name ........ Mia\nAge ......... 34\nShoes ....... 38'}],
    [
      'a credit card that should not be there',
      {name: 'Grandma Jo', message: 'Charge 4111 1111 1111 1111 please, dear.'},
    ],
    [
      'the address of a parcel',
      {name: 'Aoife Ní Bhriain', message: '12 An Cheathrú Rua\nCo. na Gaillimhe\nH91 XY00\nÉire'},
    ],
    [
      'words that other filters refuse',
      {name: 'Dr. Lopez', message: 'Do your pharmacies stock Viagra, Cialis and casino chips (toy)?'},
    ],
    [
      'a question about money',
      {
        name: 'Ngozi Eze',
        message: 'I want to transfer money for a loan of your crypto wallet hardware. 100% serious!!!',
      },
    ],
    [
      'SEO, asked by a customer',
      {name: 'Paul Reiss', message: 'Bieten Sie auch SEO und Backlinks an? Unser Ranking ist schlecht.'},
    ],
  ]),
  ...casesOf('human', 'shortest and longest', {as: 'multipart', shown: 20_000}, [
    ['one character', {name: 'Bo', message: '?'}],
    ['an emoji alone', {name: 'Zed', message: '👍'}],
    ['one word', {name: 'Iris', message: 'Rückruf'}],
    [
      '5,000 characters, the longest',
      {name: 'Marcel P.', message: 'Longtemps, je me suis couché de bonne heure. '.repeat(112).slice(0, 4999) + '.'},
    ],
    ['5,000 Chinese characters', {name: '曹雪芹', message: '滿紙荒唐言，一把辛酸淚。'.repeat(420).slice(0, 5000)}],
    ['4,000 emoji', {name: 'Kid', message: '🦖'.repeat(4000)}],
    [
      'two hundred lines',
      {name: 'Lotte', message: Array.from({length: 200}, (_, index) => `Zeile ${index + 1}`).join('\n')},
    ],
    [
      'every field filled in',
      {
        name: 'Grace Hopper',
        phone: '+1 202 555 0142',
        company: 'Navy',
        subject: 'A bug',
        topic: 'support',
        locale: 'en-US',
        sourceUrl: 'https://www.example.org/contact',
        message: 'We found a moth in relay 70.',
        privacyNoticeVersion: '2026-11',
      },
    ],
  ]),
  ...casesOf('human', 'page builders', FORM, [
    ['checkboxes of one name', {name: 'Ida', message: 'Both, please.', interest: ['engines', 'looms']}],
    ['a list of PHP', {name: 'Ole', message: 'As ticked.', 'interests[]': ['a', 'b', 'c']}],
    ['a question of the site’s own in several lines', {name: 'Vic', message: 'See below.', details: 'one\ntwo'}],
    [
      'a topic that outreach does not have',
      {name: 'Una', topic: 'Question about prices', message: 'How much?'},
      {stored: {topic: 'general', requestedTopic: 'Question about prices'}},
    ],
    [
      'buttons and a reset',
      {name: 'Pia', message: 'Hello.'},
      {added: {submit: 'Send', reset: 'Clear', 'send.x': '12', 'send.y': '7'}},
    ],
    [
      'the captcha of a plugin that is still there',
      {name: 'Jan', message: 'Hoi.'},
      {added: {'g-recaptcha-response': 'x'.repeat(500)}},
    ],
    [
      'tokens against forged requests',
      {name: 'Fay', message: 'Hi.'},
      {added: {csrfmiddlewaretoken: 'a1b2', authenticity_token: 'c3'}},
    ],
    [
      'ids of clicks',
      {name: 'Gus', message: 'Seen your ad.', utm_source: 'newsletter'},
      {added: {gclid: 'Cj0', fbclid: 'IwA'}},
    ],
    [
      'blanks in every optional field',
      {name: 'Liv', message: 'Hei.'},
      {added: {phone: '', company: ' ', subject: '', _remarks: ''}},
    ],
    [
      'a field that is called website, and was asked for',
      {name: 'Max', message: 'Relaunch?', website: 'https://www.example.com'},
    ],
    ['a field that is called username', {name: 'Kim', message: 'I cannot sign in.', username: 'kim.k'}],
    ['a locale of a phone', {name: 'Amy', message: 'Hi!', locale: 'en_US'}, {stored: {locale: 'en-US'}}],
    [
      'the address of the page with its query',
      {name: 'Leo', message: 'Da qui.', sourceUrl: 'https://www.example.org/it?utm_source=x&email=leo'},
      {stored: {sourceUrl: 'https://www.example.org/it'}},
    ],
    ['a honeypot of another plugin', {name: 'Eli', message: 'Shalom.'}, {added: {honeypot: '', _gotcha: ''}}],
  ]),
];
