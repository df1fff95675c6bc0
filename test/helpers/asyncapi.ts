// Holds what sockets are sent against docs/asyncapi.yaml.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv} from 'ajv';
import formats from 'ajv-formats';
import {parse} from 'yaml';

interface Reference {
  $ref: string;
}
export interface AsyncApiMessage {
  name: string;
  payload: Reference;
  examples: {name: string; payload: unknown}[];
}
export interface AsyncApiDocument {
  channels: Record<
    string,
    {address: string; messages: Record<string, Reference>; 'x-rooms': {room: string; hears: string}[]}
  >;
  operations: Record<string, {action: 'send' | 'receive'; messages: Reference[]; 'x-scope'?: string}>;
  components: {messages: Record<string, AsyncApiMessage>; schemas: Record<string, object>};
}

export function readAsyncApi(): AsyncApiDocument {
  const file = path.resolve(__dirname, '../../docs/asyncapi.yaml');
  return parse(readFileSync(file, 'utf8')) as AsyncApiDocument; // its own schema is checked by `npm run check`
}

/** A function that throws unless a payload is as the document has it for the message of this name. */
export function createPayloadCheck({components} = readAsyncApi()): (message: string, payload: unknown) => void {
  const ajv = new Ajv({strict: true, allErrors: true});
  formats(ajv);
  ajv.addVocabulary(['components']);
  ajv.addSchema({$id: 'asyncapi', components: JSON.parse(absolute(components)) as object});
  return (name, payload) => {
    const message = Object.values(components.messages).find(candidate => candidate.name === name);
    if (!message) throw new Error(`${name} is not in docs/asyncapi.yaml`);
    const validate = ajv.compile({$ref: message.payload.$ref.replace('#', 'asyncapi#')});
    if (!validate(payload)) throw new Error(`${name} is not as documented: ${ajv.errorsText(validate.errors)}`);
  };
}

// Schemas alone: messages hold examples, which are no schemas.
function absolute({schemas}: AsyncApiDocument['components']): string {
  return JSON.stringify({schemas}).replaceAll('"#/components/', '"asyncapi#/components/');
}
