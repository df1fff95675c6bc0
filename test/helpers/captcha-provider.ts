// A captcha provider on a port of its own, which speaks the documented protocol of each: it knows one secret and one site key,
// lets responses that begin with `good` pass once, takes those that begin with `late` for expired, and fails as a test asks it to.
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {CaptchaProviderName} from '../../src/contract/captcha';
import {onTeardown} from './teardown';

export const SECRET = 'zqSecret-0x4AAAAAAA';
export const SITE_KEY = 'zqSite-10000000';

/** `hold` waits for release(); `drip` never ends its answer; `huge` has no end either, and comes fast. */
export type ProviderMode =
  'answer' | 'hold' | 'hang' | 'drip' | 'huge' | '500' | 'html' | 'nothing' | 'other' | 'reset' | 'redirect';

export interface TestProvider {
  url: string;
  mode: ProviderMode;
  /** The bodies of all questions, by their fields. */
  questions: Record<string, string>[];
  /** Answers what is held. */
  release(): void;
}

export async function givenCaptchaProvider(name: CaptchaProviderName): Promise<TestProvider> {
  const used = new Set<string>();
  let held: (() => void)[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const question = await questionOf(request);
    provider.questions.push(question);
    const say = () => {
      const {status, body} = verdictOf(name, question, {key: request.headers['x-api-key'], used});
      response.writeHead(status, {'Content-Type': 'application/json'}).end(JSON.stringify(body));
    };
    if (provider.mode === 'answer') say();
    else if (provider.mode === 'hold') held.push(say);
    else misbehave(provider.mode, response);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTeardown(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  const provider: TestProvider = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/siteverify`,
    mode: 'answer',
    questions: [],
    release: () => {
      for (const say of held) say();
      held = [];
    },
  };
  return provider;
}

async function questionOf(request: IncomingMessage): Promise<Record<string, string>> {
  if (request.method !== 'POST') return {};
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const isJson = request.headers['content-type'] === 'application/json';
  return isJson ? (JSON.parse(text) as Record<string, string>) : Object.fromEntries(new URLSearchParams(text));
}

function verdictOf(
  name: CaptchaProviderName,
  {secret, response = '', sitekey = SITE_KEY}: Record<string, string>,
  {key, used}: {key: unknown; used: Set<string>},
): {status: number; body: object} {
  const isDuplicate = used.has(response);
  used.add(response);
  if (name === 'friendly') {
    const refuse = (status: number, code: string) => ({
      status,
      body: {success: false, error: {error_code: code, detail: 'x'}},
    });
    if (key !== SECRET) return refuse(401, key === undefined ? 'auth_required' : 'auth_invalid');
    if (sitekey !== SITE_KEY) return refuse(400, 'sitekey_invalid');
    if (isDuplicate) return refuse(200, 'response_duplicate');
    if (response.startsWith('late')) return refuse(200, 'response_timeout');
    if (!response.startsWith('good')) return refuse(200, 'response_invalid');
    const challenge = {timestamp: '2026-11-29T06:00:00Z', origin: 'https://www.example.org'};
    return {status: 200, body: {success: true, data: {challenge}}};
  }
  const refuse = (code: string) => ({status: 200, body: {success: false, 'error-codes': [code]}});
  if (secret !== SECRET) return refuse('invalid-input-secret');
  if (sitekey !== SITE_KEY) return refuse('sitekey-secret-mismatch');
  if (isDuplicate) return refuse(name === 'turnstile' ? 'timeout-or-duplicate' : 'already-seen-response');
  if (response.startsWith('late'))
    return refuse(name === 'turnstile' ? 'timeout-or-duplicate' : 'expired-input-response');
  if (!response.startsWith('good')) return refuse('invalid-input-response');
  return {status: 200, body: {success: true, challenge_ts: '2026-11-29T06:00:00Z', hostname: 'www.example.org'}};
}

function misbehave(mode: Exclude<ProviderMode, 'answer' | 'hold'>, response: ServerResponse): void {
  const json = {'Content-Type': 'application/json'};
  if (mode === 'reset') response.destroy();
  else if (mode === '500') response.writeHead(500, json).end('{"success":true}');
  else if (mode === 'html') response.writeHead(200, {'Content-Type': 'text/html'}).end('<h1>Just a moment …</h1>');
  else if (mode === 'nothing') response.writeHead(200, json).end('null');
  else if (mode === 'other') response.writeHead(200, json).end('{"success":"yes","error-codes":["something-new"]}');
  else if (mode === 'redirect') response.writeHead(307, {Location: '/elsewhere'}).end();
  else if (mode === 'drip') response.writeHead(200, json).write('{"success":');
  else if (mode === 'huge') {
    response.writeHead(200, json);
    const fill = () => {
      while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
    };
    response.on('drain', fill);
    fill();
  }
}
