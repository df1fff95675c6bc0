// ADR-0002: no broker, no queue, no outbox, no mail. The one asynchronous surface is the WebSocketEmitter. This fails
// when one of them appears as a package, a binding, a table or a source file.
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTokenIssuer} from '../helpers/tokens';

const ROOT = path.resolve(__dirname, '../..');

/** Words of package names, between anything that is not a letter or digit; a digit may follow. */
const PACKAGE_WORDS =
  /(?:^|[^a-z0-9])(?:kafka(?:js|-?node)?|rdkafka|amqp(?:lib)?|rabbit(?:mq|js|r)?|rascal|bull(?:mq)?|bee-queue|better-queue|agenda|agendash|kue|rsmq|resque|celery|pg-boss|graphile-worker|pgmq|sidequest|bree|cron|node-cron|node-schedule|croner|nats|stan|jetstream|mqtt|aedes|stomp(?:js|it)?|zeromq|nsqjs|pulsar(?:-client)?|redpanda|temporal(?:io)?|moleculer|sqs(?:-consumer)?|sns|eventbridge|service-bus|servicebus|event-hubs|pubsub|nodemailer|mailer|mailgun(?:\.js)?|sendgrid|postmark|mandrill|mailjet|resend|emailjs|smtp|ses|outbox|debezium)(?![a-z])/;
/** Pieces of the names of our own bindings, files and tables. */
const OWN_WORDS =
  /kafka|amqp|rabbit|bullmq|queue|outbox|inbox|worker|consumer|producer|broker|mail(?:er|ing)|smtp|(?:^|[^a-z])jobs?(?:[^a-z]|$)/;

function forbiddenPackages(names: readonly string[]): string[] {
  return names.filter(name => PACKAGE_WORDS.test(name.toLowerCase()));
}

function forbiddenNames(names: readonly string[]): string[] {
  const words = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  return names.filter(name => OWN_WORDS.test(words(name)));
}

interface LockedPackage {
  dev?: boolean;
  name?: string;
}

/** Every package that may be installed without the dev dependencies, at any depth, optional ones too. */
function lockedPackages(): string[] {
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const entries = Object.entries(lock.packages).filter(([place, {dev}]) => place !== '' && dev !== true);
  return entries.map(([place, {name}]) => name ?? place.slice(place.lastIndexOf('node_modules/') + 13));
}

let database: TestDatabase;
let rest: TestRest;

beforeAll(async () => {
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer: await givenTokenIssuer()});
});

test('no package of the whole dependency tree is a broker, a queue, a scheduler or a mailer', () => {
  const packages = lockedPackages();
  expect(packages).toEqual(expect.arrayContaining(['@loopback/rest', 'ioredis', 'pg', '@socket.io/redis-emitter']));
  expect(packages.length).toBeGreaterThan(200);
  expect(forbiddenPackages(packages)).toEqual([]);
});

test('no binding of the application is one either, and there is one component beside LoopBack’s own', () => {
  const bindings = rest.app.find();
  const classes = bindings.map(({valueConstructor}) => valueConstructor?.name ?? '');
  const names = [...bindings.map(({key}) => key), ...bindings.flatMap(({tagNames}) => tagNames), ...classes];
  expect(names).toEqual(expect.arrayContaining(['outreach-ws-emitter', 'OutreachSocketEventService']));
  expect(forbiddenNames(names)).toEqual([]);
  const components = bindings.filter(({key}) => key.startsWith('components.')).map(({key}) => key);
  expect(components.sort()).toEqual(['components.ApplicationWebSocketComponent', 'components.RestComponent']);
});

test('no table, sequence, function or trigger of the database is named like one', async () => {
  const rows = await database.query<{name: string}>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
     UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
     UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal`,
  );
  const names = rows.map(({name}) => name);
  expect(names).toEqual(expect.arrayContaining(['inquiry', 'subscription', 'inquiry_mark_changed']));
  expect(forbiddenNames(names)).toEqual([]);
});

test('no migration notifies by itself: events leave through the emitter only', () => {
  const directory = path.join(ROOT, 'migrations');
  const statements = readdirSync(directory).map(name => readFileSync(path.join(directory, name), 'utf8'));
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.join('\n')).not.toMatch(/pg_notify|^\s*(?:NOTIFY|LISTEN)\b|dblink|pg_cron/im);
});

test('no source file or directory is named like one', () => {
  const files = readdirSync(path.join(ROOT, 'src'), {recursive: true}).map(String);
  expect(files).toContain(path.join('components', 'websocket', 'websocket-emitter.ts'));
  expect(forbiddenNames(files)).toEqual([]);
});

describe('the search itself', () => {
  test.each([
    'kafkajs',
    'kafka-node',
    'node-rdkafka',
    '@confluentinc/kafka-javascript',
    '@nestjs/bull',
    'bull',
    'bullmq',
    'amqplib',
    'amqp-connection-manager',
    'rabbitmq-client',
    'rascal',
    'bee-queue',
    'better-queue',
    'agenda',
    'kue',
    'pg-boss',
    'graphile-worker',
    'node-resque',
    'nats',
    '@nats-io/transport-node',
    'mqtt',
    'zeromq',
    'nodemailer',
    '@sendgrid/mail',
    'postmark',
    'mailgun.js',
    '@aws-sdk/client-sqs',
    '@aws-sdk/client-ses',
    '@google-cloud/pubsub',
    '@azure/service-bus',
    '@loopback/cron',
    'node-cron',
    'loopback4-outbox',
    '@temporalio/client',
  ])('finds the package %s', name => {
    expect(forbiddenPackages([name])).toEqual([name]);
  });

  test.each([
    'queue-microtask',
    'run-parallel',
    'thread-stream',
    'process-nextick-args',
    'asynckit',
    'semver',
    'canvas',
  ])('lets the package %s be', name => {
    expect(forbiddenPackages([name])).toEqual([]);
  });

  test.each([
    'services.MailerService',
    'OutboxWorker',
    'inquiry_outbox',
    'job',
    'email_jobs',
    'kafka.producer',
    'src/queue/x.ts',
  ])('finds the name %s', name => {
    expect(forbiddenNames([name])).toEqual([name]);
  });

  test.each(['email', 'inquiry_email_check', 'lifeCycleObservers.RedisConnectionObserver', 'publisher'])(
    'lets the name %s be',
    name => {
      expect(forbiddenNames([name])).toEqual([]);
    },
  );
});
