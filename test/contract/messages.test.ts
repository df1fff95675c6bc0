// Every language of the catalogue says what the others say: the compiler holds that no text is missing, this that it is one.
import type {MessagesView} from '../../src/contract/messages';
import {INPUT_ERROR_CODES, PROBLEMS} from '../../src/contract/problem';
import {LANGUAGES, MESSAGES, messagesView} from '../../src/rest/messages/catalogue';
import type {Messages} from '../../src/rest/messages/messages';

/** Path and text of each. */
function textsOf(messages: object, path = ''): [path: string, text: string][] {
  return Object.entries(messages).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? textsOf(value, `${path}/${name}`)
      : ([[`${path}/${name}`, String(value)]] as [string, string][]),
  );
}
const placeholdersOf = (messages: Messages) =>
  textsOf(messages).map(([path, text]) => [path, [...text.matchAll(/\{\w+\}/g)].map(String).sort()]);

test('there are at least ten languages', () => {
  expect(LANGUAGES.length).toBeGreaterThanOrEqual(10);
});

describe.each(LANGUAGES)('the messages in %s', language => {
  const view: MessagesView = messagesView(language);

  test('have a text for each kind of problem and each code of an error', () => {
    expect(Object.keys(view.problems).sort()).toEqual(Object.keys(PROBLEMS).sort());
    expect(Object.keys(view.errors).sort()).toEqual(Object.keys(INPUT_ERROR_CODES).sort());
    for (const text of Object.values(view.problems)) expect(text).toMatch(/^\p{L}.{5,}\.$/u);
    for (const text of [...Object.values(view.errors), view.emailFormat]) expect(text).toMatch(/^\{field\}.*\.$/);
    expect(view.errors.too_big).toContain('{max}');
  });

  test('have the same texts as English, with the same placeholders and no markup', () => {
    expect(placeholdersOf(MESSAGES[language])).toEqual(placeholdersOf(MESSAGES.en));
    for (const [, text] of textsOf(MESSAGES[language])) expect(text).not.toMatch(/[<>&]|^\s|\s$|\s\s|^$/);
  });

  if (language === 'en') return;
  test('are in a language of their own', () => {
    const english = new Map(textsOf({...MESSAGES.en, fields: {}, direction: ''}));
    const own = textsOf({...MESSAGES[language], fields: {}, direction: ''});
    expect(own.filter(([path, text]) => text !== '' && text === english.get(path))).toEqual([]);
  });
});
