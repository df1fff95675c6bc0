// A whole outreach as operations run it, with the back office open in a browser: a database and a Redis of its own,
// REST and two gateways as processes behind balancers, and tokens that can be made to live short.
import {randomUUID} from 'node:crypto';
import {setTimeout as delay} from 'node:timers/promises';
import type {Browser} from 'playwright-core';
import {givenBalancer} from './balancer';
import {givenDatabase} from './database';
import {eventually} from './eventually';
import {givenRedisKey, TOPICS} from './gateway';
import {givenSubmission} from './inquiries';
import {givenGatewayProcess, givenRestProcess, type TestProcess} from './process';
import {givenRedis, type PrivateRedis} from './redis';
import {givenStaticSite} from './static-site';
import {givenTokenIssuer} from './tokens';
import {givenWatchedPage, type WatchedPage} from './watched-page';

export interface FullSystem {
  redis: PrivateRedis;
  page: WatchedPage;
  /** A visitor, who tries again with the same key until somebody answers 201: the id, and when that was. */
  submit(): Promise<{id: string; at: number}>;
  killRest(): Promise<void>;
  startRest(): Promise<void>;
  /** Kills the gateway that the page is connected to; with `all`, the other one too. */
  killGateways(which: 'one' | 'all'): Promise<void>;
  startGateway(): Promise<void>;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  close(): Promise<void>;
}

export interface FullSystemOptions {
  /** How long each token lives, in seconds. */
  tokenSeconds?: number;
}

/** How long a visitor waits for an answer before trying again. */
const ANSWER_TIMEOUT_MS = 20_000;

/** As many rows as the page can show, so that what arrives during a fault is all on it. */
const MOST_ROWS = 250;

/** Resolves once the page is live. */
export async function givenFullSystem(browser: Browser, {tokenSeconds = 3600}: FullSystemOptions): Promise<FullSystem> {
  const [database, redis, issuer] = await Promise.all([givenDatabase(), givenRedis(), givenTokenIssuer()]);
  const fronts = {rest: await givenBalancer(), gateway: await givenBalancer()};
  const site = await givenStaticSite();
  const configuration = async () => ({
    restUrl: fronts.rest.url,
    gatewayUrl: fronts.gateway.url,
    topics: TOPICS,
    developmentToken: await issuer.sign({expiresIn: tokenSeconds}),
  });
  site.configure(configuration, {
    'https://rest.example.org': fronts.rest.url,
    'wss://gateway.example.org': fronts.gateway.url.replace('http', 'ws'),
    'https://gateway.example.org': fronts.gateway.url,
  });
  const options = {
    databaseUrl: database.url,
    issuer,
    redisUrl: redis.url,
    redisKey: givenRedisKey(),
    env: {ALLOWED_ORIGINS: new URL(site.page).origin},
  };

  let rest: TestProcess | undefined;
  const gateways: TestProcess[] = [];
  const startRest = async () => {
    rest = await givenRestProcess(options);
    fronts.rest.use(rest.url);
  };
  const startGateway = async () => {
    const gateway = await givenGatewayProcess(options);
    await eventually(async () => expect(await (await gateway.get('/ready')).json()).toMatchObject({redis: 'up'}));
    gateways.push(gateway);
    fronts.gateway.use(...gateways.map(({url}) => url));
  };
  await Promise.all([startRest(), startGateway().then(startGateway)]);
  await submitUntilStored(fronts.rest.url); // a list without rows has no pages either
  const page = await givenWatchedPage(browser, site.page, MOST_ROWS);

  return {
    redis,
    page,
    submit: () => submitUntilStored(fronts.rest.url),
    startRest,
    startGateway,
    killRest: () => kill(rest),
    killGateways: async which => {
      const ended = gateways.splice(0, which === 'all' ? gateways.length : 1); // the page came to the first one
      await Promise.all(ended.map(kill));
      fronts.gateway.use(...gateways.map(({url}) => url));
    },
    goOffline: () => page.page.context().setOffline(true),
    goOnline: () => page.page.context().setOffline(false),
    close: async () => {
      await page.close();
      await Promise.all([rest, ...gateways].map(kill));
      await redis.kill();
    },
  };
}

async function kill(ended: TestProcess | undefined): Promise<void> {
  ended?.signal('SIGKILL');
  await ended?.exited;
}

async function submitUntilStored(restUrl: string): Promise<{id: string; at: number}> {
  const [key, body] = [randomUUID(), JSON.stringify(givenSubmission())]; // the same again: it may be stored already
  for (;;) {
    const answer = await fetch(`${restUrl}/inquiries`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': key},
      body,
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    }).catch(() => undefined); // nobody there
    if (answer?.status === 201) return {id: ((await answer.json()) as {id: string}).id, at: Date.now()};
    await answer?.body?.cancel();
    await delay(200); // as a form would
  }
}
