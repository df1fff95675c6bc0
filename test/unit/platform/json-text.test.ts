import {JsonText} from '../../../src/platform/json-text';

const TEXT = '[{"name":"Zoë – 😀"}]';

test('is written as text once, and then as the same bytes for everybody', () => {
  const json = new JsonText(TEXT);
  expect(json.toBody()).toBe(TEXT);
  const bytes = json.toBody();
  expect(bytes).toEqual(Buffer.from(TEXT));
  expect(json.toBody()).toBe(bytes);
});

test('its digest is of its text, or of what identifies it', () => {
  expect(new JsonText(TEXT).digest).toBe(new JsonText(TEXT).digest);
  expect(new JsonText(TEXT).digest).toMatch(/^[\w-]{22}$/);
  expect(new JsonText(`${TEXT} `).digest).not.toBe(new JsonText(TEXT).digest);
  expect(new JsonText(`${TEXT} `, '1').digest).toBe(new JsonText(TEXT, '1').digest);
  expect(new JsonText(TEXT, '2').digest).not.toBe(new JsonText(TEXT, '1').digest);
});
