// docs/asyncapi.yaml says of rooms, events and scopes what the contract says. That it is valid AsyncAPI is checked by
// `npm run check`, and that the gateway sends what it says by every test that observes (test/helpers/gateway.ts).
import {z} from 'zod';
import {ROOM_ACCESS} from '../../src/access/policy';
import {inquirySubmittedSchema, OBSERVE, observeRequestSchema, SocketEvent} from '../../src/contract/events';
import {OBSERVATION_NAMESPACE, roomsOfInquiry} from '../../src/contract/rooms';
import {createPayloadCheck, readAsyncApi} from '../helpers/asyncapi';

const document = readAsyncApi();
const {observation} = document.channels;
const {messages, schemas} = document.components;

/** Names of the messages of all operations that the gateway does, or gets. */
function namesOf(action: 'send' | 'receive'): string[] {
  return Object.values(document.operations)
    .filter(operation => operation.action === action)
    .flatMap(operation => operation.messages)
    .map(({$ref}) => messages[$ref.split('/').at(-1) ?? '']?.name ?? '');
}

/** A schema without what only explains it, and without references. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const {$ref, ...rest} = value as {$ref?: string};
  if ($ref !== undefined) return bare(schemas[$ref.split('/').at(-1) ?? '']);
  const kept = Object.entries(rest).filter(([key]) => !['description', 'examples', '$schema'].includes(key));
  const isFormatted = kept.some(([key, text]) => key === 'format' && typeof text === 'string');
  // zod writes a pattern beside the format that it is of
  return Object.fromEntries(
    kept.filter(([key]) => !isFormatted || key !== 'pattern').map(([key, part]) => [key, bare(part)]),
  );
}

test('there is one namespace, with the rooms of the contract', () => {
  expect(Object.values(document.channels).map(({address}) => address)).toEqual([OBSERVATION_NAMESPACE]);
  expect(observation?.['x-rooms'].map(({room}) => room)).toEqual(roomsOfInquiry('<topic>'));
});

test('the gateway sends the events of the contract, and a client can send nothing but observe', () => {
  expect(namesOf('send')).toEqual(Object.values(SocketEvent));
  expect(namesOf('receive')).toEqual(['connect', OBSERVE]);
});

test('observing needs the scope of the contract', () => {
  const {observe, showInquirySubmitted} = document.operations;
  const scopes = Object.values(ROOM_ACCESS).map(({scope}) => scope);
  expect(new Set([observe?.['x-scope'], showInquirySubmitted?.['x-scope']])).toEqual(new Set(scopes));
});

test.each([
  ['InquirySubmitted', inquirySubmittedSchema],
  ['ObserveRequest', observeRequestSchema],
])('%s is the schema of the contract', (name, schema) => {
  expect(bare(schemas[name])).toEqual(bare(z.toJSONSchema(schema)));
});

test('each example is as its message has it, and another event is not', () => {
  const check = createPayloadCheck(document);
  const examples = Object.values(messages).flatMap(({name, examples}) =>
    examples.map(({payload}) => ({name, payload})),
  );
  expect(examples.length).toBeGreaterThanOrEqual(7);
  for (const {name, payload} of examples) check(name, payload);
  const event = messages.inquirySubmitted?.examples[0]?.payload as Record<string, unknown>;
  for (const wrong of [{...event, name: 'Ada'}, {...event, type: 'other'}, {...event, data: {}}, {}]) {
    expect(() => check(SocketEvent.INQUIRY_SUBMITTED, wrong)).toThrow('not as documented');
  }
});
