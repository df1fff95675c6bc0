// describeError: of an error the log keeps what says where and why, never what a visitor typed.
import {Writable} from 'node:stream';
import {DatabaseError} from 'pg';
import {pino} from 'pino';
import {ConfigurationError} from '../../../src/config/env';
import {UnavailableError} from '../../../src/platform/errors';
import {createLogger, describeError} from '../../../src/platform/logger';

const SECRET = 'zqMark7';

function databaseError(): DatabaseError {
  const error = new DatabaseError(`duplicate key value: ${SECRET}`, 1, 'error');
  return Object.assign(error, {
    code: '23505',
    constraint: 'inquiry_pkey',
    detail: `Key (email)=(${SECRET}) already exists.`,
    where: SECRET,
    hint: SECRET,
    internalQuery: SECRET,
  });
}

function syntaxError(): unknown {
  try {
    return JSON.parse(SECRET);
  } catch (error) {
    return error;
  }
}

test('of PostgreSQL’s error: its code, its constraint and its stack, not its message or detail', () => {
  const described = describeError(databaseError());
  expect(described).toMatchObject({type: 'error', code: '23505', constraint: 'inquiry_pkey'});
  expect(described.stack).toMatch(/^ {4}at /);
  expect(described.message).toBeUndefined();
  expect(JSON.stringify(described)).not.toContain(SECRET);
});

test('of JSON.parse’s error: no message, which quotes the text', () => {
  const error = syntaxError() as SyntaxError;
  expect(error.message).toContain(SECRET); // what is to be kept out is really there
  const described = describeError(error);
  expect(described.type).toBe('SyntaxError');
  expect(JSON.stringify(described)).not.toContain(SECRET);
});

test('a message of several lines leaves nothing in the stack', () => {
  const error = new Error(`first ${SECRET}\nsecond ${SECRET}\n    not at ${SECRET}`);
  expect(JSON.stringify(describeError(error))).not.toContain(SECRET);
});

test('the same inside a cause, at any depth', () => {
  const error = new UnavailableError('PostgreSQL', {cause: new Error(SECRET, {cause: databaseError()})});
  const described = describeError(error);
  expect(described).toMatchObject({
    type: 'UnavailableError',
    message: 'PostgreSQL is not available',
    cause: {type: 'Error', cause: {code: '23505'}},
  });
  expect(JSON.stringify(described)).not.toContain(SECRET);
});

test('of what is not an error: only its type', () => {
  expect(describeError(SECRET)).toEqual({type: 'string'});
  expect(describeError({message: SECRET})).toEqual({type: 'object'});
  expect(describeError(undefined)).toEqual({type: 'undefined'});
});

test('messages of the runtime and of ours are kept, since no visitor wrote them', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    syscall: 'connect',
    code: 'ECONNREFUSED',
  });
  expect(describeError(refused)).toMatchObject({code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1'});
  expect(describeError(new TypeError('x is not a function')).message).toBe('x is not a function');
  expect(describeError(new ConfigurationError('PORT: must be set')).message).toBe('PORT: must be set');
});

test('the stack is cut to twelve frames', () => {
  const deep = (depth: number): Error => (depth === 0 ? new Error('x') : deep(depth - 1));
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const {stack} = describeError(deep(40));
  Error.stackTraceLimit = before;
  expect(stack?.split('\n')).toHaveLength(12);
});

test('pino writes err through it', () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  pino({serializers: {err: describeError}}, stream).error({err: databaseError()}, 'request.failed');
  expect(lines.join('')).toContain('"code":"23505"');
  expect(lines.join('')).not.toContain(SECRET);
});

test('createLogger takes every level, silent too', () => {
  expect(createLogger({name: 'test', level: 'silent'}).level).toBe('silent');
  expect(createLogger({name: 'test', level: 'warn'}).isLevelEnabled('info')).toBe(false);
});
