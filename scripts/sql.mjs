// docs/sql/*.sql: every statement that the service sends, as PostgreSQL gets it, by the request that causes it. The built service
// runs on a database of its own behind a proxy that reads what passes (scripts/statements.mjs), so that nothing here knows
// how the code makes its SQL. `findUnshown` names each piece of SQL in the sources that none of it contains. With the URL of a
// migrated database without rows it compares the files, prints what is stale or not shown, and then fails.
import {globSync, readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {pino} from 'pino';
import ts from 'typescript';
import application from '../dist/application.js';
import environment from '../dist/config/env.js';
import access from '../dist/access/policy.js';
import feedContract from '../dist/contract/feed.js';
import postgres from '../dist/datasources/postgres/postgres.datasource.js';
import developmentKey from '../dist/dev/development-key.js';
import ports from '../dist/dev/free-port.js';
import retentionRepository from '../dist/repositories/privacy/retention.repository.js';
import formTokens from '../dist/services/guards/form-tokens.js';
import retentionService from '../dist/services/retention.service.js';
import {formatSql} from './format-sql.mjs';
import {startStatementProxy} from './statements.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HEAD = '-- What PostgreSQL gets, by `npm run generate`; do not edit. docs/sql/README.md explains it.\n';
const INQUIRY = {topic: 'sales', name: 'Ada', email: 'ada@example.org', message: 'Hello, from bob@example.org too'};
const MANY = {...INQUIRY, email: 'eve@example.org', message: 'One of many'};
const SUBSCRIPTION = {email: 'ada@example.org', consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)};
const FORM_TOKEN_KEYS = 'a-sample-key-of-thirty-two-letters';
const FORM_TOKENS = new formTokens.FormTokens([FORM_TOKEN_KEYS]);
// What readiness and idle connections ask at any time; GET /ready shows the former.
const BY_THE_CLOCK = /^SELECT 1$|\bpgmigrations\b/;
// For so long GET /ready answers without asking (services/readiness.service.ts), with time to spare.
const READINESS_FRESH_MS = 1200;
const filter = where => `filter=${encodeURIComponent(JSON.stringify({where}))}`;
const FIRST = {'If-Match': '"1"'};

/**
 * The requests of each file, in the order in which they are made, since later ones need what earlier ones have stored.
 * `topics` narrows the token; `{id}` is the inquiry or the subscription that was stored first; `title` is for what is no request.
 */
const FILES = {
  'start-and-metrics': [
    {title: 'the first two lists after the start', isStart: true, run: () => undefined},
    {title: 'GET /metrics of the internal port', run: ({readMetrics}) => readMetrics()},
  ],
  'submit-inquiry': [
    {route: 'POST /inquiries', body: INQUIRY},
    {
      route: 'POST /inquiries',
      note: 'with an Idempotency-Key',
      body: INQUIRY,
      headers: {'Idempotency-Key': 'a-sample-key'},
    },
    {route: 'POST /inquiries', note: 'the same again', body: INQUIRY, headers: {'Idempotency-Key': 'a-sample-key'}},
    {route: 'GET /form-token'},
    {
      route: 'POST /inquiries',
      note: 'with a form token',
      body: {...INQUIRY, _token: FORM_TOKENS.issue(Date.now() - 5000)},
    },
    {route: 'POST /inquiries', note: 'quarantined', body: {...INQUIRY, _remarks: 'filled in'}},
  ],
  'submit-at-once': [
    {title: 'POST /inquiries; many at once', run: ({submitMany}) => submitMany({}), isSorted: true},
    {
      title: 'POST /inquiries; many at once, with an Idempotency-Key each',
      run: ({submitMany}) => submitMany({areKeyed: true}),
      isSorted: true,
    },
  ],
  'read-inquiry': [{route: 'GET /inquiries/{id}'}, {route: 'GET /inquiries/{id}', topics: ['sales']}],
  'list-inquiries': [
    {route: 'GET /inquiries'},
    {route: 'GET /inquiries', query: 'order=oldest'},
    {route: 'GET /inquiries', query: 'limit=1', next: true},
    {route: 'GET /inquiries', query: 'total=true'},
    {route: 'GET /inquiries', topics: ['sales', 'support']},
    ...['status=new', 'topic=sales', 'topic=sales&status=new', 'assignee=agent', 'assignee=agent&topic=sales'].map(
      query => ({
        route: 'GET /inquiries',
        query,
      }),
    ),
    {route: 'GET /inquiries', query: 'createdFrom=2026-01-01T00:00:00Z&createdTo=2036-01-01T00:00:00Z'},
    ...[
      {status: {inq: ['new', 'spam']}},
      {status: {neq: 'new'}},
      {assignee: null},
      {assignee: {neq: null}},
      {assignee: {neq: 'agent'}},
      {topic: {between: ['a', 'z']}},
      {updatedAt: {gt: '2026-01-01T00:00:00Z'}},
      {createdAt: {neq: '2026-01-01T00:00:00Z'}},
      {status: {lt: 'resolved'}},
    ].map(where => ({route: 'GET /inquiries', query: filter(where), note: `filter ${JSON.stringify({where})}`})),
  ],
  'search-inquiries': [
    {route: 'GET /inquiries', query: 'q=hello'},
    {route: 'GET /inquiries', query: 'q=hello&order=oldest'},
    {route: 'GET /inquiries', query: 'q=ada%40example.org'},
    {route: 'GET /inquiries', query: 'q=a'},
    {route: 'GET /inquiries', query: 'q=hello&status=new'},
    {route: 'GET /inquiries', query: 'metadata[budget]=1000'},
  ],
  'count-quarantine': [
    {route: 'GET /inquiries/quarantine'},
    {route: 'GET /inquiries/quarantine', query: 'topic=sales&createdFrom=2026-01-01T00:00:00Z'},
    {route: 'GET /inquiries/quarantine', topics: ['sales']},
  ],
  'count-inquiries': [
    {route: 'GET /inquiries/count'},
    {route: 'GET /inquiries/count', query: 'status=new'},
    {route: 'GET /inquiries/count', query: 'topic=sales&status=new'},
    {route: 'GET /inquiries/count', query: 'q=hello'},
    {route: 'GET /inquiries/count', topics: ['sales']},
  ],
  'change-feed': [
    {route: 'GET /inquiries/changes', feed: true},
    {route: 'GET /inquiries/changes', feed: true, topics: ['sales']},
  ],
  'triage-inquiry': [
    {route: 'PATCH /inquiries/{id}', body: {assignee: 'agent'}, headers: FIRST},
    {route: 'PATCH /inquiries/{id}', body: {status: 'in_progress'}, headers: {'If-Match': '*'}, topics: ['sales']},
    {route: 'PATCH /inquiries', query: 'ids={id}', body: {topic: 'support'}},
    {route: 'POST /inquiries/{id}/notes', body: {note: 'bob@example.org has called'}},
    {route: 'GET /inquiries/{id}/activity'},
    {route: 'GET /inquiries/{id}/activity', query: 'limit=1', next: true},
  ],
  'export-inquiries': [
    {route: 'GET /inquiries/export.csv'},
    {route: 'GET /inquiries/export.csv', query: 'q=hello&status=new'},
  ],
  subscriptions: [
    {route: 'POST /subscriptions', body: SUBSCRIPTION},
    {
      route: 'POST /subscriptions',
      note: 'with an Idempotency-Key',
      body: {...SUBSCRIPTION, email: 'bob@example.org'},
      headers: {'Idempotency-Key': 'a-sample-key'},
    },
    {route: 'GET /subscriptions'},
    {route: 'GET /subscriptions', query: 'limit=1&total=true'},
    {route: 'GET /subscriptions', query: 'status=active&order=oldest'},
    {route: 'GET /subscriptions', query: 'list=newsletter'},
    {route: 'POST /subscriptions/search', body: {email: 'ada@example.org'}},
    {route: 'GET /subscriptions/count'},
    {route: 'GET /subscriptions/count', query: 'status=active'},
    {route: 'GET /subscriptions/{id}'},
    {route: 'PATCH /subscriptions/{id}', body: {status: 'unsubscribed'}, headers: FIRST},
    {route: 'GET /subscriptions/{id}/consents'},
    {
      route: 'POST /subscriptions',
      note: 'of an address that has left',
      body: {...SUBSCRIPTION, email: 'bob@example.org'},
    },
    {route: 'GET /subscriptions/recipients', query: 'status=pending'},
    {route: 'GET /subscriptions/confirm'},
    {route: 'POST /subscriptions/confirm', token: 'confirmToken'},
    {route: 'POST /subscriptions/confirm', note: 'the same again', token: 'confirmToken'},
    {route: 'GET /subscriptions/unsubscribe'},
    {route: 'POST /subscriptions/unsubscribe', token: 'unsubscribeToken'},
    {route: 'GET /subscriptions/export.csv'},
  ],
  privacy: [
    {
      route: 'POST /subscriptions',
      body: {...SUBSCRIPTION, email: 'eve@example.org', consentVersion: 'agreed with ada@example.org'},
      note: 'which quotes another address',
    },
    {route: 'POST /subject-exports', body: {email: 'ada@example.org'}},
    {route: 'POST /erasures', body: {email: 'bob@example.org'}},
    {route: 'POST /erasures', body: {email: 'ada@example.org'}},
  ],
  health: [
    {route: 'GET /live'},
    {route: 'GET /ready'},
    {route: 'GET /openapi.json'},
    {route: 'GET /topics'},
    {route: 'GET /messages/{locale}'},
  ],
  retention: [
    {title: 'npm run retention -- --dry-run', run: ({retention}) => retention({dryRun: true})},
    {title: 'npm run retention', run: ({retention}) => retention({dryRun: false})},
  ],
};

/** The text of each file by its name, from a migrated database that holds nothing. */
export async function renderStatements(databaseUrl) {
  const missing = Object.keys(access.ROUTE_ACCESS).filter(
    key =>
      !Object.values(FILES)
        .flat()
        .some(({route}) => route === key),
  );
  if (missing.length > 0) throw new Error(`scripts/sql.mjs makes no request of ${missing.join(', ')}`);
  const proxy = await startStatementProxy(databaseUrl);
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-sql-'));
  try {
    const service = await startService(proxy.url, directory);
    try {
      const texts = {};
      for (const [name, requests] of Object.entries(FILES)) {
        const parts = [];
        for (const request of requests) {
          if (request.route === 'GET /ready') await delay(READINESS_FRESH_MS);
          if (!request.isStart) proxy.take();
          await service.make(request);
          const sent = proxy.take().filter(text => request.route === 'GET /ready' || !BY_THE_CLOCK.test(text));
          parts.push(describe(request, sent));
        }
        texts[`docs/sql/${name}.sql`] = `${HEAD}\n${parts.join('\n')}`;
      }
      return texts;
    } finally {
      await service.stop();
    }
  } finally {
    await proxy.stop();
    await rm(directory, {recursive: true, force: true});
  }
}

const SQL =
  /\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|ORDER BY|GROUP BY|JOIN|LIMIT|RETURNING|BEGIN|COMMIT|ROLLBACK|SET LOCAL|COPY|UNION|ON CONFLICT|AND|OR|NOT|ANY|LATERAL|CASE|NULL)\b/;
// Sent after an error, by a connection that has waited for an answer, and by LoopBack's updates, which no route uses.
const NOT_SHOWN = ['ROLLBACK', 'SELECT 1', 'WHERE id = $1 FOR NO KEY UPDATE'];

/** The pieces of SQL in the sources that are in none of these texts, each with its file. */
export function findUnshown(texts) {
  const squeeze = text => text.replaceAll(/\s+/g, '');
  const shown = squeeze(Object.values(texts).join('\n'));
  return globSync('src/{datasources,repositories,services}/**/*.ts', {cwd: ROOT})
    .filter(file => !file.endsWith('/migrate.ts')) // a command of its own, whose statements are node-pg-migrate's
    .flatMap(file =>
      literalsOf(file)
        .filter(text => SQL.test(text) && !NOT_SHOWN.includes(text.trim()) && !shown.includes(squeeze(text)))
        .map(text => `${file}: ${text.trim()}`),
    );
}

function literalsOf(file) {
  const found = [];
  const visit = node => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node)) found.push(node.head.text, ...node.templateSpans.map(span => span.literal.text));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

function describe({title, route, query, topics, note, isSorted}, statements) {
  const of = topics ? [`a token of ${topics.join(', ')}`] : [];
  const asked = query && !note?.startsWith('filter') ? `${route}?${decodeURIComponent(query)}` : route;
  const heading = `-- ${[title ?? asked, ...(note ? [note] : []), ...of].join('; ')}`;
  const shown = [...new Set(transactionsOf(statements))]; // a repeat says nothing new
  if (isSorted) shown.sort(); // of what is sent at once
  return [heading, ...(shown.length > 0 ? shown : ['-- (none)']), ''].join('\n');
}

// Each transaction as one text, each other statement as one.
function transactionsOf(statements) {
  const found = [];
  let isOpen = false;
  for (const text of statements) {
    const line = `${formatSql(text).replace(/;$/, '')};`;
    if (isOpen) found.push(`${found.pop()}\n${line}`);
    else found.push(line);
    if (/^\s*BEGIN\b/.test(text)) isOpen = true;
    if (/^\s*(?:COMMIT|ROLLBACK)\b/.test(text)) isOpen = false;
  }
  return found;
}

async function startService(url, directory) {
  const logger = pino({level: 'silent'});
  const metricsPort = await ports.freePort();
  const env = environment.readEnv(environment.restEnvSchema, {
    HOST: '127.0.0.1',
    PORT: '0',
    RATE_LIMIT: 'off', // many are sent at once
    METRICS_PORT: String(metricsPort),
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: '1', // one connection: the order of the statements is that of the code
    AUTH_ISSUER: developmentKey.DEVELOPMENT_ISSUER,
    AUTH_AUDIENCE: developmentKey.DEVELOPMENT_AUDIENCE,
    AUTH_JWKS: JSON.stringify(await developmentKey.developmentKeySet(directory)),
    SUBSCRIPTION_TOKEN_KEYS: await developmentKey.developmentTokenKey(directory),
    FORM_TOKEN_KEYS,
  });
  const app = new application.OutreachApplication({env, logger});
  await app.start();
  const ids = {};
  let recipient; // with the tokens of its links
  const authorize = async topics => {
    const scope = access.ALL_SCOPES.join(' ');
    return `Bearer ${await developmentKey.signDevelopmentToken(directory, {scope, topics, ttl: '1h'})}`;
  };
  const feedOf = async topics => {
    const headers = {Authorization: await authorize(topics)};
    return (await fetch(`${app.restServer.url}/inquiries`, {headers})).headers.get(feedContract.FEED_CURSOR_HEADER);
  };
  const feeds = {}; // cursors from before anything is stored
  for (const topics of [undefined, ['sales']]) feeds[String(topics)] = await feedOf(topics);
  const make = async ({route, run, query = '', topics, body, token, headers, feed, next}) => {
    if (run) return run({retention, submitMany, readMetrics});
    const [method, template] = route.split(' ');
    const resource = template.startsWith('/subscriptions') ? 'subscriptions' : 'inquiries';
    const named = text => text.replace('{id}', ids[resource]).replace('{locale}', 'de');
    const after = feed ? `after=${feeds[String(topics)]}` : query;
    let target = named(`${template}${after && `?${after}`}`);
    const authorization = await authorize(topics);
    for (const turn of next ? ['first', 'next'] : ['first']) {
      const response = await fetch(app.restServer.url + target, {
        method,
        headers: {Authorization: authorization, 'Content-Type': 'application/json', ...headers},
        body: token ? JSON.stringify({token: recipient[token]}) : body && JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${text}`);
      if (turn === 'next') break;
      if (template === '/subscriptions/recipients') [recipient] = JSON.parse(text);
      if (template === `/${resource}`) ids[resource] ??= [JSON.parse(text)].flat()[0].id;
      target = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
  };
  const post = (body, headers) =>
    fetch(`${app.restServer.url}/inquiries`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', ...headers},
      body: JSON.stringify(body),
    });
  // In waves, as many together as fill one INSERT, and together more than the search's indexes keep pending.
  const submitMany = async ({areKeyed = false}) => {
    for (let wave = 0; wave < 12; wave += 1) {
      const keyOf = index => (areKeyed ? {'Idempotency-Key': `key-${wave}-of-${index}`} : {});
      const answers = await Promise.all(Array.from({length: 40}, (_, index) => post(MANY, keyOf(index))));
      const refused = answers.find(({ok}) => !ok);
      if (refused) throw new Error(`POST /inquiries: ${refused.status} ${await refused.text()}`);
    }
  };
  const readMetrics = async () => {
    const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    if (!response.ok) throw new Error(`GET /metrics: ${response.status}`);
    await response.text();
  };
  const retention = async ({dryRun}) => {
    const source = new postgres.PostgresDataSource({url, poolSize: 2, logger});
    const service = new retentionService.RetentionService(new retentionRepository.RetentionRepository(source));
    const days = {inquiry: {new: 0, resolved: 0}, subscription: {pending: 0, unsubscribed: 0}};
    await service.run({days, dryRun, signal: new AbortController().signal, onProgress: () => undefined});
    await source.stop();
  };
  return {make, stop: () => app.stop()};
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const texts = await renderStatements(process.argv[2]);
  const written = globSync('docs/sql/*.sql', {cwd: ROOT});
  const stale = [...new Set([...written, ...Object.keys(texts)])].filter(
    file => !written.includes(file) || readFileSync(path.join(ROOT, file), 'utf8') !== texts[file],
  );
  for (const file of stale.sort()) console.log(`${file} is stale: run \`npm run generate\` and commit it.`);
  const unshown = findUnshown(texts);
  for (const piece of unshown) console.log(`docs/sql/ lacks ${piece}`);
  process.exitCode = stale.length + unshown.length > 0 ? 1 : 0;
}
