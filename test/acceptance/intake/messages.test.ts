// What visitors read, in each language: the catalogue that sites read, and the pages in the language that a form names.
import type {MessagesView} from '../../../src/contract/messages';
import {LANGUAGES} from '../../../src/rest/messages/catalogue';
import {givenDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const SITE = 'https://www.example.org';
let rest: TestRest;
let issuer: TokenIssuer;

beforeAll(async () => {
  const [database, ofTokens] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  issuer = ofTokens;
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: SITE}});
});

describe('GET /messages/{locale}', () => {
  test.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['pt_BR', 'pt'],
    ['AR-eg', 'ar'],
    ['tlh', 'en'],
    ['construc', 'en'],
  ])('reads %s as %s, and says so', async (tag, language) => {
    const response = await rest.get(`/messages/${tag}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-language')).toBe(language);
    const {locale, locales, direction} = (await response.json()) as MessagesView;
    expect(locale).toBe(language);
    expect(locales).toEqual(LANGUAGES);
    expect(direction).toBe(language === 'ar' ? 'rtl' : 'ltr');
  });

  test('has the sentences of the pages', async () => {
    const {problems, errors, emailFormat, fields, stored} = (await (
      await rest.get('/messages/fr')
    ).json()) as MessagesView;
    expect(stored).toEqual({heading: 'Merci', text: 'Votre message est bien arrivé.'});
    expect(problems['too-many-requests']).toBe(
      'Cela fait beaucoup d’envois à la fois. Veuillez réessayer dans quelques minutes.',
    );
    expect(problems['invalid-body']).toBe('Veuillez vérifier votre saisie.');
    expect(errors.required.replace('{field}', fields.name)).toBe('Nom : ce champ est obligatoire.');
    expect(emailFormat.replace('{field}', fields.email)).toBe('E-mail : veuillez saisir une adresse e-mail.');
  });

  test.each(['x', 'de;q=1', '%00', 'a'.repeat(36)])('refuses %s, which is no language tag', async tag => {
    await expectProblem(await rest.get(`/messages/${tag}`), 'invalid-parameter');
  });

  test('may be kept by caches, read by pages of allowed origins, and asked for again for nothing', async () => {
    const headers = {Origin: SITE};
    const response = await fetch(`${rest.url}/messages/fr`, {headers});
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(response.headers.get('access-control-allow-origin')).toBe(SITE);
    expect(response.headers.get('access-control-expose-headers')).toMatch(/\bContent-Language\b/i);
    const etag = response.headers.get('etag') ?? '';
    const again = (locale: string) =>
      fetch(`${rest.url}/messages/${locale}`, {headers: {...headers, 'If-None-Match': etag}});
    expect([(await again('fr')).status, (await again('fr-CH')).status, (await again('es')).status]).toEqual([
      304, 304, 200,
    ]);
  });
});

describe('a form that names its language', () => {
  async function postForm(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<string> {
    const body = new URLSearchParams({...(givenSubmission() as Record<string, string>), ...fields});
    const browser = {Accept: 'text/html', 'Accept-Language': 'de', ...headers};
    return (await fetch(`${rest.url}/inquiries`, {method: 'POST', body, headers: browser})).text();
  }

  test('is thanked in it, whatever the browser prefers', async () => {
    expect(await postForm({lang: 'fr-CH'})).toMatch(/<html lang="fr" dir="ltr">[^]*<h1>Merci<\/h1>/);
    expect(await postForm({lang: 'ar'})).toMatch(/<html lang="ar" dir="rtl">[^]*<h1>شكرًا لك<\/h1>/);
  });

  test('is stored without it', async () => {
    const body = new URLSearchParams({...(givenSubmission() as Record<string, string>), lang: 'fr', budget: '1'});
    const response = await fetch(`${rest.url}/inquiries`, {method: 'POST', body});
    const {id} = (await response.json()) as {id: string};
    const inquiry = await rest.get(`/inquiries/${id}`, await issuer.sign({scope: 'inquiries:read'}));
    expect(await inquiry.json()).toMatchObject({metadata: {budget: '1'}, locale: null});
  });

  test('is refused in it, whatever is wrong with it', async () => {
    const page = await postForm({lang: 'fr', name: '', phone: '1'.repeat(33), 'metadata[jobTitle]': 'x'.repeat(1001)});
    expect(page).toContain('<html lang="fr" dir="ltr">');
    expect(page.match(/<li>.*?<\/li>/g)).toEqual([
      '<li>Nom : ce champ est obligatoire.</li>',
      '<li>Téléphone : la valeur est trop longue (32 au maximum).</li>',
      '<li>Job title : la valeur est trop longue (1000 au maximum).</li>',
    ]);
    const ofTheForm = await postForm({lang: 'ar', 'a b': '1'});
    expect(ofTheForm).toContain('<h1>لم يُرسل النموذج</h1>');
    expect(ofTheForm).toContain('<ul lang="en" dir="ltr"><li>The field “a?b” has a name');
  });

  test.each(['', 'tlh', '"><b>', 'x'.repeat(2000)])(
    'that there is not is answered as its browser prefers (%#)',
    async lang => {
      const page = await postForm({lang});
      expect(page).toContain('<h1>Vielen Dank</h1>');
      expect(page).not.toMatch(/<b>|xxx/);
    },
  );
});

describe('the pages behind the links of mails', () => {
  test.each([
    ['confirm', 'es', 'Confirmar la suscripción', 'Código del correo electrónico'],
    ['unsubscribe', 'ru', 'Отказ от подписки', 'Код из письма'],
    ['confirm', 'ar', 'تأكيد الاشتراك', 'الرمز الوارد في البريد الإلكتروني'],
    ['unsubscribe', 'tlh', 'Unsubscribe', 'Code from the e-mail'],
  ])('%s asks in %s', async (link, accepted, heading, code) => {
    const page = await (
      await fetch(`${rest.url}/subscriptions/${link}`, {headers: {'Accept-Language': accepted}})
    ).text();
    expect(page).toContain(`<h1>${heading}</h1>`);
    expect(page).toContain(`<label>${code} <input`);
  });

  test('say in the language of the reader that a link does not work', async () => {
    const response = await fetch(`${rest.url}/subscriptions/confirm`, {
      method: 'POST',
      body: new URLSearchParams({token: 'x'}),
      headers: {Accept: 'text/html', 'Accept-Language': 'pl'},
    });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('<h1>Ten link nie działa</h1>');
  });
});
