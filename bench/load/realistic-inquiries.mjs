// Inquiries as different people write them, in three languages: the same ones on each run. Some words are in most of them and
// most words in few, so an index of words has about as much to do with each as with a real one.
import {EMAIL_DOMAIN} from './requests.mjs';

const NAMES =
  words(`Ada Amélie Björn Carla Chidi Daniel Elena Fatima Georg Hanna Ivan Jürgen Kenji Laura Łukasz Maria Mehmet Nora
  Oliver Priya Ravi Sofia Thomas Uwe Vera Wiktor Xenia Yusuf Zoë Zygmunt`);
const FAMILIES =
  words(`Andersson Bauer Costa Dubois Eriksen Fischer García Huber Ibrahim Jansen Kowalski Lefèvre Müller Novák Okafor
  Petersen Quinn Rossi Schröder Tanaka Ünal Vogel Weber Yılmaz Zimmermann`);
const FIRMS =
  words(`Alpenblick Baltic Cedar Delta Eastgate Fjord Grünwald Harbour Iris Juniper Kestrel Linden Meridian Nordlicht Orchard
  Pinewood Quarry Riverside Solstice Tramontana Upland Vistula Westend Yarrow Zephyr`);
const THINGS =
  words(`desks lamps chairs shelves pumps valves bicycles trailers cabinets printers scanners routers cables batteries
  inverters heaters filters carpets curtains mattresses kettles grinders ovens freezers tents backpacks helmets gloves ladders
  scaffolds compressors drills saws lathes looms presses boilers radiators awnings shutters doors windows tiles pipes gutters`);
const PLACES =
  words(`Berlin Hamburg Vienna Zürich Lyon Lille Antwerp Utrecht Aarhus Malmö Turku Tallinn Riga Vilnius Gdańsk Brno
  Bratislava Győr Zagreb Trieste Bologna Valencia Porto Cork Leeds Dundee`);
const SENTENCES = {
  'en-GB': [
    'We saw your {thing} at the fair in {place} and would like an offer for {number} of them.',
    'Could you tell me how long delivery to {place} takes, and what it costs?',
    'Order {order} arrived on {day} with two {thing} missing; the packaging was damaged as well.',
    'Our purchasing department needs an invoice with our tax number before {day}.',
    'Is there a discount for schools, or a loan scheme for {thing}?',
    'The manual says nothing about cleaning the {thing}, and your hotline was engaged all afternoon.',
    'Please call me back on {day}, preferably in the morning.',
    'I am writing an article about makers of {thing} in {place} and have a few questions.',
    'Do spare parts for the {thing} from {year} still exist?',
    'My colleague {name} wrote to you in {year} and never got an answer.',
  ],
  'de-DE': [
    'Wir benötigen bis {day} ein Angebot über {number} Stück und eine Lieferung nach {place}.',
    'Leider fehlt bei Bestellung {order} das Zubehör, außerdem ist ein Gehäuse beschädigt.',
    'Gibt es für {thing} aus dem Jahr {year} noch Ersatzteile, und wer repariert sie in {place}?',
    'Bitte rufen Sie mich vormittags zurück, nachmittags bin ich unterwegs.',
    'Frau {name} aus unserem Einkauf hat Ihnen dazu schon geschrieben.',
    'Können wir die Geräte vor dem Kauf in {place} ansehen?',
    'Die Rechnung {order} enthält einen falschen Betrag, wir bitten um Korrektur.',
    'Für unsere Werkstatt suchen wir {thing}, die auch bei Frost zuverlässig arbeiten.',
  ],
  'fr-FR': [
    'Nous souhaitons recevoir un devis pour {number} pièces livrées à {place} avant {day}.',
    'La commande {order} est arrivée incomplète et un carton était abîmé.',
    'Existe-t-il encore des pièces détachées pour les modèles de {year} ?',
    'Merci de me rappeler dans la matinée, je serai absent ensuite.',
    'Madame {name} vous avait déjà écrit à ce sujet.',
    'Proposez-vous une formation à {place} pour nos techniciens ?',
  ],
};
const DAYS = {
  'en-GB': words('Monday Tuesday Wednesday Thursday Friday'),
  'de-DE': words('Montag Dienstag Mittwoch Donnerstag Freitag'),
  'fr-FR': words('lundi mardi mercredi jeudi vendredi'),
};
const TOPICS = words('general general general sales sales support partnership press careers');

/** As many submissions, each with an address of its own. */
export function realisticInquiries(count) {
  const random = seeded(16);
  const below = limit => Math.floor(random() * limit);
  const one = list => list[below(list.length)];
  return Array.from({length: count}, (_, index) => inquiryOf(index, {below, one}));
}

function inquiryOf(index, {below, one}) {
  const locale = one(Object.keys(SENTENCES));
  const [name, family] = [one(NAMES), one(FAMILIES)];
  const fill = {
    thing: () => one(THINGS),
    place: () => one(PLACES),
    name: () => `${one(NAMES)} ${one(FAMILIES)}`,
    day: () => one(DAYS[locale]),
    number: () => 2 + below(400),
    order: () => 100_000 + below(900_000),
    year: () => 1990 + below(36),
  };
  const sentences = Array.from({length: 2 + below(5)}, () => one(SENTENCES[locale]));
  const message = sentences.join(' ').replaceAll(/\{(\w+)\}/g, (_, slot) => fill[slot]());
  return {
    topic: one(TOPICS),
    name: `${name} ${family}`,
    email: `${name}.${family}.${index}${EMAIL_DOMAIN}`.normalize('NFKD').replaceAll(/[^\w.@-]/g, ''),
    ...(below(2) === 0 && {phone: `+49 30 ${1_000_000 + below(9_000_000)}`}),
    ...(below(3) === 0 && {company: `${one(FIRMS)} ${family}`}),
    ...(below(2) === 0 && {subject: `${one(THINGS)}, ${one(PLACES)}`}),
    message,
    locale,
  };
}

// mulberry32: a number from 0 up to 1, the same ones for the same seed.
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function words(text) {
  return text.split(/\s+/);
}
