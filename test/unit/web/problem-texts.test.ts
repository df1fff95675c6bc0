// Each kind of problem and each code of an input error has a text of its own in both languages.
import {INPUT_ERROR_CODES, PROBLEMS} from '../../../src/contract/problem';
import {english} from '../../../web/src/i18n/english';
import {german} from '../../../web/src/i18n/german';

const LANGUAGES = Object.entries({english, german});

describe.each(LANGUAGES)('%s', (_, {outreach}) => {
  test.each(Object.keys(PROBLEMS))('says the problem %s', kind => {
    expect((outreach.problems as Record<string, string>)[kind]).toMatch(/\w.*\.$/);
  });

  test.each(Object.keys(INPUT_ERROR_CODES))('says the input error %s', code => {
    expect((outreach.inputErrors as Record<string, string>)[code]).toMatch(/\w/);
  });

  test('has no text for what does not exist', () => {
    expect(Object.keys(outreach.problems).sort()).toEqual(Object.keys(PROBLEMS).sort());
    expect(Object.keys(outreach.inputErrors).sort()).toEqual(Object.keys(INPUT_ERROR_CODES).sort());
  });
});
