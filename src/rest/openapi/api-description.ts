// The part of the OpenAPI document that no route owns.
import type {OpenApiSpec} from '@loopback/rest';
import {type Problem, type ProblemKind, PROBLEMS, problemSchema} from '../../contract/problem';
import {toSchema} from '../server/operation';

const DESCRIPTION = `Captures inquiries and subscriptions from a public site and shows them to the back office at once.

Errors are problem details (RFC 9457): \`application/problem+json\` with \`errors[]\` that point to the field or name
the parameter, and never repeat a value. \`errors[]\` has the first 20; \`detail\` says how many there are. A path that
exists answers another method with 405 and \`Allow\`.

Every answer has \`X-Request-Id\`; a request may bring its own: a UUID or 32 hexadecimal digits, such as a trace id of
W3C; any other is replaced, since it goes into the log. Whatever needs a token is answered with
\`Cache-Control: no-store\`.

A request target may have 8 KB and 250 parameters, a body 32 KB and 100 fields. Lengths of text are counted in code points
after normalization (NFC); no text may hold more than 30 combining marks in a row (UAX #15).

The routes without a token have no rate limits yet, and neither have lists, counts and triage. Exports, erasures and
subject exports are limited by how many a process runs at a time, as each says: one too many is answered with 503 and
\`Retry-After\`.`;

const EXAMPLE_ID = '7d4bd0c5-5b8f-4d26-9a1c-9a2f5f9f2c11';

// Another method than the documented ones is no operation, so that no operation can document what it gets.
const DOCUMENTED = (Object.keys(PROBLEMS) as ProblemKind[]).filter(kind => kind !== 'method-not-allowed'); // its keys

export const API_DESCRIPTION: OpenApiSpec = {
  openapi: '3.0.3',
  info: {
    title: 'outreach',
    version: '0.1.0',
    description: DESCRIPTION,
    license: {name: 'MIT', url: 'https://opensource.org/license/mit'},
  },
  servers: [{url: '/'}],
  paths: {},
  components: {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'RFC 9068 claims: sub, scope, topics. `x-scope` of an operation is the scope that it needs.',
      },
    },
    schemas: {Problem: toSchema(problemSchema, 'output')},
    examples: Object.fromEntries(DOCUMENTED.map(kind => [kind, {value: exampleOf(kind)}])),
  },
};

function exampleOf(kind: ProblemKind): Problem {
  const {status, title} = PROBLEMS[kind];
  const problem = {type: `/problems/${kind}`, title, status, instance: EXAMPLE_ID};
  if (kind === 'invalid-body') {
    return {...problem, errors: [{pointer: '/email', code: 'format', detail: 'must be an e-mail address'}]};
  }
  if (kind !== 'invalid-parameter') return problem;
  return {...problem, errors: [{parameter: 'limit', code: 'too_big', max: 100, detail: 'must be at most 100'}]};
}
