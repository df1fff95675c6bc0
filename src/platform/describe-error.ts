// What the log keeps of an error, by an allow-list: messages of PostgreSQL and of JSON.parse quote what a visitor typed,
// and those of drivers hold hosts, users and commands with their arguments.
import {hintOf, reasonOf} from './error-reasons';
import {isError} from './errors';

// Errors whose message is made by the runtime or by us, never from a submitted value.
const MESSAGE_IS_SAFE = new Set([
  'TypeError',
  'RangeError',
  'ReferenceError',
  'UnavailableError',
  'ConfigurationError',
]);

// For these errors PostgreSQL leaves its field `table` empty, so the name comes from the message. Only names of our
// schema match: the name of a database is part of DATABASE_URL.
const NAMED_OBJECTS: Readonly<Record<string, RegExp>> = {
  '42501': /^permission denied for (table|sequence|function|schema|view) (\w+)$/,
  '42P01': /^(relation) "(\w+)" does not exist$/,
  '42703': /^(column) "?([\w.]+)"? does not exist$/,
};

/** One error as it stands in a line of the log. */
export interface LoggedError {
  type: string;
  message?: string;
  /** Of PostgreSQL (SQLSTATE), Redis (`WRONGPASS`), Node (`ECONNREFUSED`) or a word for a driver's message. */
  code?: unknown;
  /** Redis's command, without its arguments. */
  command?: string;
  constraint?: unknown;
  /** What PostgreSQL refuses or misses, such as `table inquiry`. */
  object?: string;
  /** What to do about it. */
  hint?: string;
  stack?: string;
  cause?: LoggedError;
}

interface ErrorFields {
  code?: unknown;
  constraint?: unknown;
  syscall?: unknown;
  address?: unknown;
  hostname?: unknown;
  command?: {name?: unknown};
}

/** Type, code, the object it names, a hint and stack frames; the message only where it cannot quote a value. */
export function describeError(error: unknown): LoggedError {
  if (!isError(error)) return {type: typeof error};
  const fields = error as ErrorFields; // of node's, pg's and ioredis' own errors; each is checked
  const reason = reasonOf(error);
  const described: LoggedError = {
    type: error.name,
    code: fields.code ?? reason,
    command: commandOf(fields),
    constraint: fields.constraint,
    object: objectOf(error),
    hint: hintOf(reason),
    stack: stackFrames(error),
  };
  if (MESSAGE_IS_SAFE.has(error.name) || isLocal(fields)) described.message = error.message;
  if (error.cause !== undefined) described.cause = describeError(error.cause);
  return described;
}

// A system call's error whose message names no host.
function isLocal({syscall, address, hostname}: ErrorFields): boolean {
  return syscall !== undefined && address === undefined && hostname === undefined;
}

function commandOf({command}: ErrorFields): string | undefined {
  return typeof command?.name === 'string' && /^[a-z]{1,20}$/.test(command.name) ? command.name : undefined;
}

/** What PostgreSQL refuses or misses, such as `table inquiry`; undefined for every other error. */
export function objectOf(error: unknown): string | undefined {
  const [, kind, name] = isError(error) ? (NAMED_OBJECTS[reasonOf(error) ?? '']?.exec(error.message) ?? []) : [];
  return kind && name && `${kind} ${name}`;
}

function stackFrames(error: Error): string | undefined {
  return error.stack
    ?.split('\n')
    .filter(line => line.startsWith('    at '))
    .slice(0, 12)
    .join('\n');
}
