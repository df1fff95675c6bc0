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
    address: '127.0.0.1',
  });
  expect(describeError(refused).code).toBe('ECONNREFUSED');
  expect(describeError(refused).message).toBeUndefined(); // it names the host
  const notFound = Object.assign(new Error(`getaddrinfo ENOTFOUND ${SECRET}`), {
    syscall: 'getaddrinfo',
    code: 'ENOTFOUND',
    hostname: SECRET,
  });
  expect(JSON.stringify(describeError(notFound))).not.toContain(SECRET);
  const reset = Object.assign(new Error('read ECONNRESET'), {syscall: 'read', code: 'ECONNRESET'});
  expect(describeError(reset)).toMatchObject({code: 'ECONNRESET', message: 'read ECONNRESET'});
  expect(describeError(new TypeError('x is not a function')).message).toBe('x is not a function');
  expect(describeError(new ConfigurationError('PORT: must be set')).message).toBe('PORT: must be set');
});

test.each([
  ['ReplyError', `WRONGPASS invalid username-password pair of ${SECRET}`, 'WRONGPASS'],
  ['ReplyError', `NOPERM User ${SECRET} has no permissions to run the 'publish' command`, 'NOPERM'],
  ['ReplyError', `-${SECRET} is no code`, undefined],
  ['Error', `NOPERM ${SECRET}`, undefined], // nobody but Redis begins with a code
  ['Error', 'Connection terminated unexpectedly', 'connection_terminated'],
  ['Error', 'timeout exceeded when trying to connect', 'connect_timeout'],
  ['Error', 'The server does not support SSL connections', 'tls_not_supported'],
  ['Error', `Socket timeout. Expecting data of ${SECRET}`, 'answer_timeout'],
])('of %s “%s” the code is %s, and nothing else of the message is kept', (name, message, code) => {
  const described = describeError(Object.assign(new Error(message), {name}));
  expect(described.code).toBe(code);
  expect(described.message).toBeUndefined();
  expect(JSON.stringify(described)).not.toContain(SECRET);
});

test.each([
  ['42501', 'permission denied for table pgmigrations', 'table pgmigrations'],
  ['42501', 'permission denied for schema public', 'schema public'],
  ['42501', `permission denied for database ${SECRET}`, undefined], // that is in DATABASE_URL
  ['42P01', 'relation "inquiry" does not exist', 'relation inquiry'],
  ['42703', 'column "changed_xid" does not exist', 'column changed_xid'],
  ['22P02', `invalid input syntax: "${SECRET}"`, undefined],
])('of PostgreSQL’s %s “%s” the object is %s', (code, message, object) => {
  const described = describeError(Object.assign(new DatabaseError(message, 1, 'error'), {code}));
  expect(described).toMatchObject({code, object});
  expect(JSON.stringify(described)).not.toContain(SECRET);
});

test('of several addresses that were tried: the code of the first', () => {
  const refused = Object.assign(new Error(`connect ECONNREFUSED ${SECRET}`), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
  expect(describeError(new AggregateError([refused, refused], SECRET))).toMatchObject({code: 'ECONNREFUSED'});
});

test('of a command that Redis refuses: its name, not its arguments', () => {
  const error = Object.assign(new Error(`NOAUTH ${SECRET}`), {
    name: 'ReplyError',
    command: {name: 'hello', args: [SECRET]},
  });
  expect(describeError(error)).toMatchObject({code: 'NOAUTH', command: 'hello', hint: 'REDIS_URL has no password'});
  expect(JSON.stringify(describeError(error))).not.toContain(SECRET);
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
