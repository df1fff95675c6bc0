// Bots: the texts that they send, and how they send them.
import {type Case, caseOf, casesOf, CURL, type Fields, FORM, message, type Message} from './case';

const links = (count: number, of: string) => Array.from({length: count}, (_, index) => `https://${of}/${index + 1}`);
const HOUR = 60;

/** Advertisements, as they come without a link or with one or two. */
const OFFERS: [string, Fields][] = [
  [
    'SEO, first page of Google',
    {
      name: 'Emily SEO',
      message:
        'Hi, I was on your site and found errors that keep it off the first page of Google. May I send a free audit? Regards, Emily',
    },
  ],
  [
    'SEO, backlinks with a price list',
    {
      name: 'Mike Anderson',
      message: 'Hi there\n\nDA 60 backlinks from only $49: https://seo-boost.example/packages\n\nRegards\nMike',
    },
  ],
  [
    'a redesign of the site',
    {
      name: 'Priya',
      message:
        'We are a team of 40 developers from India. Do you need redesign, WordPress, Shopify, mobile app? Reply for quote.',
    },
  ],
  [
    'guest posts',
    {name: 'Oliver Guest', message: 'Do you accept paid guest posts with do-follow link? Our client pays well.'},
  ],
  [
    'a loan at 3 percent',
    {
      name: 'Mr. Anthony Cole',
      message: 'DO YOU NEED URGENT LOAN AT 3%? Contact loan.cole@mail.example today for terms.',
    },
  ],
  [
    'an heir in Benin',
    {
      name: 'Barrister James',
      message: 'Dear Friend, I am contacting you about your late relative who left 10.5 Million USD in our bank.',
    },
  ],
  [
    'crypto that doubles',
    {
      name: 'Elon Official',
      message: 'Send 0.1 BTC, receive 0.2 BTC back. Giveaway ends today! https://double-btc.example',
    },
  ],
  [
    'a trading robot',
    {
      name: 'JamesTrade',
      message: 'I earn $9,731 a day with this bot, see https://auto-trade.example and www.auto-trade2.example',
    },
  ],
  ['a casino', {name: 'Lucky', message: '200 free spins without deposit!!! Play now www.spins-casino.example'}],
  [
    'pills',
    {name: 'CanadianPharm', message: 'buy cheap generic viagra cialis online no prescription https://pills.example'},
  ],
  [
    'essays for students',
    {name: 'EssayPro', message: 'Best essay writing service, -20% for new clients: https://essay.example/order'},
  ],
  ['followers', {name: 'Insta Growth', message: 'We add 500 real followers to your Instagram each month. Interested?'}],
  [
    'a list of e-mail addresses',
    {name: 'Data Sales', message: 'I have 2 million verified B2B emails of your country for $99. Sample on request.'},
  ],
  [
    'a domain that expires',
    {
      name: 'Domain Service',
      message:
        'FINAL NOTICE: your domain listing expires in 24 hours. Secure payment: https://domain-notice.example/pay',
    },
  ],
  [
    'copyright of an image, with a download',
    {
      name: 'Melinda Photographer',
      message: 'You use my images without permission! Proof: https://sites.example/view/proof-d02 Remove or I sue.',
    },
  ],
  [
    'extortion',
    {
      name: 'Anonymous',
      message: 'We have hacked your website and extracted your databases. Send $3000 in bitcoin within 5 days.',
    },
  ],
  [
    'dating',
    {
      name: 'Sweet Natasha',
      message: 'Hello dear! I saw your profile and my heart is beat. Write me natasha.love@mail.example',
    },
  ],
  [
    'a factory in Shenzhen',
    {
      name: 'Linda Chen',
      message: 'Dear purchasing manager, we are leading manufacturer of LED strip since 2006. MOQ 100 pcs, best price.',
    },
  ],
  [
    'Russian, a fleet of links in one',
    {name: 'Виктор', message: 'Раскрутка сайтов в топ! База для прогона https://progon.example/hrumer'},
  ],
  [
    'Russian, without a link',
    {
      name: 'Рассылка',
      message: 'Рассылки по формам обратной связи: 1 000 000 сайтов за 5000 рублей. Телеграм formspam.',
    },
  ],
  ['Chinese invoices', {name: '李经理', message: '代开全国各地发票，保真可查，电话微信同号 13800000000'}],
  ['Japanese bags', {name: 'ブランド通販', message: 'スーパーコピー時計 N級品 激安通販 https://copy-watch.example'}],
  [
    'German gold',
    {
      name: 'Finanzberater',
      message: 'Mit diesem Trick verdienen Sie 5.000 € pro Woche von zu Hause: https://geld-trick.example',
    },
  ],
  [
    'French CPF',
    {name: 'Formation', message: 'Il vous reste 2 340 € sur votre compte CPF ! Utilisez-les avant ce soir.'},
  ],
  ['a text of nothing, to see whether it gets through', {name: 'pEqYwTzXbKd', message: 'GvRtYpLqWmZxNcKj'}],
  ['a test before a wave', {name: 'test', message: 'test'}],
  [
    'a template with its variables unfilled',
    {
      name: '{FirstName}',
      message: 'Hi {FirstName}, I love what {Company} does! Quick question: who does your {Service}?',
    },
  ],
  [
    'spun text',
    {name: 'Robert Fap', message: '{Hi|Hello} {dear|friend}, {wonderful|great} {site|blog}! https://spun.example'},
  ],
  [
    'text by a language model',
    {
      name: 'Olivia Bennett',
      message:
        'I really enjoyed your recent article on sustainable sourcing. I help teams like yours cut costs by 23 %. Would Tuesday work?',
    },
  ],
  ['a shortened link', {name: 'Parcel', message: 'Your parcel is held. Pay 1.99: https://sho.rt.example/x9'}],
];

/** The same trade, with what the content guard looks at. */
const LINKED: [string, Fields][] = [
  ['a link as the name', {name: 'https://best-casino.example', message: 'Nice site, keep it up'}],
  ['www as the name', {name: 'www.cheap-loans.example', message: 'Great work'}],
  ['a winning as the name', {name: 'You won 1.3 BTC http://btc-claim.example/7', message: 'pqwoeiruty'}],
  [
    'emoji and a link as the name',
    {name: '❤️ Anna wants to meet you: https://meet-anna.example ❤️', message: 'x1y2z3'},
  ],
  [
    'Cyrillic with a link as the name',
    {name: 'Вам перевод 175 000 руб. http://perevod.example/?u=7', message: 'mlkjhgfd'},
  ],
  ['a list of 25 links', {name: 'xrumer', message: links(25, 'pharma.example').join('\n')}],
  ['a list of 12 links', {name: 'LinkFarm', message: `Our network: ${links(12, 'farm.example').join(' ')}`}],
  ['a hundred links without text', {name: 'a', message: links(100, 'x.example').join(' ')}],
  [
    'markup of forums, five times',
    {
      name: 'Donaldpum',
      message: links(5, 'viagra.example')
        .map(url => `[url=${url}]buy viagra[/url]`)
        .join(' '),
    },
  ],
  [
    'HTML, five times',
    {
      name: 'ThomasCiz',
      message: links(5, 'casino.example')
        .map(url => `<a href="${url}">casino</a>`)
        .join(' '),
    },
  ],
  [
    'HTML and markup of forums',
    {
      name: 'GeorgeSmall',
      message: links(3, 'bet.example')
        .map(url => `<a href=${url}>bet</a> [url=${url}]bet[/url] [link=${url}]bet[/link]`)
        .join('\n'),
    },
  ],
  ['Russian with 15 links', {name: 'КазиноX', message: `Казино онлайн ${links(15, 'kazino.example').join(' , ')}`}],
  ['Polish pills with 11 links', {name: 'aptekaPL', message: links(11, 'tabletki.example').join(' | ')}],
  ['one link in HTML', {name: 'Jasonavoni', message: '<a href="https://slots.example">slots online</a>'}],
  [
    'one link in markup of a forum',
    {name: 'DavidHax', message: '[url=https://loans.example]payday loans[/url] guestbook, cool!'},
  ],
  ['four plain links', {name: 'WilliamTex', message: links(4, 'replica.example').join(' ')}],
  ['ten plain links, as many as a librarian', {name: 'Bookmarks', message: links(10, 'bookmark.example').join('\n')}],
  ['links hidden in dots', {name: 'Sneaky', message: 'visit pills(dot)example and casino [.] example now'}],
  [
    'links without a scheme',
    {name: 'Plain', message: 'pills.example casino.example loans.example poker.example seo.example'},
  ],
  ['upper case links', {name: 'LOUD', message: links(14, 'LOUD.EXAMPLE').join(' ').toUpperCase()}],
];

/** Programs that read a form's source and fill in what they find. */
const FILLED: [string, Fields][] = OFFERS.filter((_, index) => index % 2 === 0).map(([title, fields]) => [
  `every field, ${title}`,
  fields,
]);

const HONEYPOTS: Fields[] = [
  {_remarks: 'https://spam.example'},
  {_remarks: '123456'},
  {_remarks: 'test', website: 'https://spam.example'},
  {_remarks: 'Mike Anderson'},
  {_remarks: 'mike@mail.example'},
];

/** So many texts of one sender that differ as spun texts do. */
function wave(count: number, of: string, given: (index: number) => Partial<Message>): Message[] {
  return Array.from({length: count}, (_, index) => {
    const {fields, ...how} = given(index);
    const name = `${['Ann', 'Bob', 'Cid', 'Dee', 'Eve'][index % 5]} ${of}`;
    const offer = ['Great offer', 'Best price', 'Last chance', 'Only today'][index % 4];
    return message({name, message: `${offer} no. ${index + 1}: https://${of}.example`, ...fields}, {...CURL, ...how});
  });
}
const address = (network: string, index: number) => `${network}.${(index >> 8) % 256}.${index % 256}`;

export const BOTS: Case[] = [
  ...casesOf('bot', 'curl past the form', CURL, OFFERS),
  ...casesOf('bot', 'curl past the form', {as: 'json'}, LINKED),
  ...FILLED.flatMap(([title, fields], index) =>
    casesOf('bot', 'fills in every field', FORM, [[title, fields, {added: HONEYPOTS[index % HONEYPOTS.length]}]]),
  ),
  ...casesOf('bot', 'fills in every field', {as: 'json', shown: 100}, [
    ['by JSON, at once', {name: 'jsonbot', message: 'cheap hosting'}, {added: {_remarks: 'x'}}],
    [
      'in a honeypot of another plugin alone',
      {name: 'gotcha', message: 'cheap vps'},
      {added: {_gotcha: 'x', honeypot: 'y'}, shown: 9000},
    ],
    [
      'but for those with an underscore',
      {name: 'picky', message: 'cheap domains'},
      {shown: 9000, added: {nickname: 'x', url: 'https://s.example'}, as: 'urlencoded'},
    ],
  ]),
  ...casesOf('bot', 'sends at once', FORM, [
    ['in no time', {name: 'Zero', message: 'Buy now'}, {shown: 0}],
    ['after 50 ms', {name: 'Fifty', message: 'Best rates'}, {shown: 50}],
    ['after 300 ms', {name: 'ThreeHundred', message: 'Lowest APR'}, {shown: 300}],
    ['after half a second', {name: 'Half', message: 'Cheap flights'}, {shown: 500}],
    ['after a second', {name: 'Second', message: 'Hot singles'}, {shown: 1000}],
    [
      'after a second and a half, with a proof',
      {name: 'Prover', message: 'Fake watches'},
      {shown: 1500, isProved: true},
    ],
    ['after 100 ms, multipart', {name: 'Multi', message: 'Cheap essays'}, {shown: 100, as: 'multipart'}],
    ['after 100 ms, by JSON', {name: 'Jason', message: 'Cheap followers'}, {shown: 100, as: 'json'}],
    [
      'after two and a half seconds, as it knows the rule',
      {name: 'Patient', message: 'Cheap loans, ask us'},
      {shown: 2500},
    ],
    ['after ten seconds', {name: 'Sleeper', message: 'We sell leads'}, {shown: 10_000}],
    ['from the future', {name: 'Marty', message: 'Sports results'}, {shown: -600_000}],
  ]),
  caseOf(
    'bot',
    'replays a token',
    '20 texts with one token',
    wave(20, 'replay-twenty', () => ({...FORM, token: 'one'})),
  ),
  caseOf(
    'bot',
    'replays a token',
    '50 texts with one token and one proof',
    wave(50, 'replay-proof', () => ({...FORM, token: 'one', isProved: true})),
  ),
  caseOf(
    'bot',
    'replays a token',
    '30 texts with one token from 30 addresses',
    wave(30, 'replay-spread', index => ({...FORM, token: 'one', from: address('198.19', 7000 + index)})),
  ),
  caseOf(
    'bot',
    'replays a token',
    '12 texts with one token, an hour apart',
    wave(12, 'replay-slow', () => ({...FORM, token: 'one', after: HOUR})),
  ),
  caseOf(
    'bot',
    'replays a token',
    '40 texts with 4 tokens',
    wave(40, 'replay-four', index => ({...FORM, token: `number ${index % 4}`})),
  ),
  caseOf(
    'bot',
    'replays a token',
    '15 texts with a token of last week',
    wave(15, 'replay-old', () => ({...FORM, token: 'one', shown: 7 * 86_400_000})),
  ),
  caseOf(
    'bot',
    'replays a token',
    '10 texts with one token and a key for each',
    wave(10, 'replay-keys', index => ({
      as: 'json',
      shown: 5000,
      token: 'one',
      headers: {'Idempotency-Key': `replay-key-${index}`},
    })),
  ),
  ...casesOf('bot', 'forges a token', CURL, [
    ['of random letters', {name: 'Forger', message: 'Fake passports'}, {added: {_token: 'qL7'.repeat(15) + 'x'}}],
    ['that is empty', {name: 'Empty', message: 'Fake diplomas'}, {added: {_token: ' '}}],
    [
      'and a proof of nothing',
      {name: 'Nothing', message: 'Fake reviews'},
      {added: {_token: 'A'.repeat(46), altcha: 'e30='}},
    ],
    ['of 900 letters', {name: 'Long', message: 'Fake likes'}, {added: {_token: 'A'.repeat(900)}}],
    [
      'with a proof of JSON that proves nothing',
      {name: 'Bluff', message: 'Fake votes'},
      {shown: 5000, added: {altcha: Buffer.from('{"challenge":{}}').toString('base64')}},
    ],
  ]),
  caseOf(
    'bot',
    'floods',
    '700 from one address',
    wave(700, 'flood-one', () => ({from: '203.0.113.70'})),
  ),
  caseOf(
    'bot',
    'floods',
    '300 from one IPv6 network',
    wave(300, 'flood-six', index => ({from: `2001:db8:bad:1::${(index + 1).toString(16)}`})),
  ),
  caseOf(
    'bot',
    'floods',
    '100 to one e-mail address, from 100 addresses',
    wave(100, 'flood-mail', index => ({from: address('198.19', index), fields: {email: 'victim@example.org'}})),
  ),
  caseOf(
    'bot',
    'floods',
    '80 with fresh tokens from one address',
    wave(80, 'flood-tokens', () => ({...FORM, shown: 5000})),
  ),
  caseOf(
    'bot',
    'floods',
    '120 with a proof for each from one address',
    wave(120, 'flood-proofs', () => ({...FORM, shown: 5000, isProved: true})),
  ),
  caseOf(
    'bot',
    'floods',
    '90 with the address forged before the proxy',
    wave(90, 'flood-forged', index => ({from: `192.0.2.${index + 1}, 203.0.113.71`})),
  ),
  caseOf(
    'bot',
    'floods',
    '3,200 in a minute, each from another address',
    wave(3200, 'flood-botnet', index => ({from: address('198.18', 20_000 + index)})),
  ),
  caseOf(
    'bot',
    'slow and distributed',
    '40 in a day, each from another address',
    wave(40, 'slow-forty', index => ({from: address('198.19', 500 + index), after: 36})),
  ),
  caseOf(
    'bot',
    'slow and distributed',
    '60 in an hour from six addresses',
    wave(60, 'slow-six', index => ({from: address('198.19', 600 + (index % 6)), after: 1})),
  ),
  caseOf(
    'bot',
    'slow and distributed',
    '24 with fresh tokens, one an hour',
    wave(24, 'slow-tokens', index => ({...FORM, from: address('198.19', 700 + index), shown: 8000, after: HOUR})),
  ),
  caseOf(
    'bot',
    'slow and distributed',
    '30 in residential IPv6, with a proof for each',
    wave(30, 'slow-six-proofs', index => ({
      ...FORM,
      from: `2001:db8:${(index + 16).toString(16)}::1`,
      isProved: true,
      after: 15,
    })),
  ),
  caseOf(
    'bot',
    'slow and distributed',
    '50 with eleven links each',
    wave(50, 'slow-links', index => ({
      from: address('198.19', 800 + index),
      after: 10,
      fields: {message: links(11, `s${index}.example`).join(' ')},
    })),
  ),
  caseOf(
    'bot',
    'slow and distributed',
    '20 to one e-mail address in a day',
    wave(20, 'slow-mail', index => ({
      from: address('198.19', 900 + index),
      after: 70,
      fields: {email: 'target@example.org'},
    })),
  ),
];
