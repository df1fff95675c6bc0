// HAProxy and nginx as deploy/proxy/ configures them, on ports and in a directory of the test's own.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {accessSync, constants} from 'node:fs';
import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {eventually} from './eventually';
import {onTeardown} from './teardown';
import {steadyPort} from './tcp-proxy';

const CONFIGURATIONS = path.resolve(__dirname, '../../deploy/proxy');

/** What the configurations stand in front of, by the ports that they name. */
const REST_PORTS = ['3000', '3010'];
const GATEWAY_PORTS = ['3001', '3011'];
const PUBLIC_PORT = '8080';

const PROGRAMS = {
  haproxy: {file: 'haproxy.cfg', argumentsOf: (file: string) => ['-db', '-f', file]},
  nginx: {
    file: 'nginx.conf',
    argumentsOf: (file: string, directory: string) => ['-p', directory, '-c', file, '-g', 'daemon off;'],
  },
} as const;

export type ReverseProxyName = keyof typeof PROGRAMS;

/** The ports of two REST processes and two gateways, and of the proxy. */
export interface ProxyPorts {
  rest: readonly number[];
  gateways: readonly number[];
}

export interface ReverseProxy {
  url: string;
  /** What it has written to its output so far. */
  output: () => string;
}

/** Starts the proxy as it is shipped; resolves once it accepts connections. */
export function givenReverseProxy(name: ReverseProxyName, ports: ProxyPorts): Promise<ReverseProxy> {
  return start(name, async port => {
    const shipped = await readFile(path.join(CONFIGURATIONS, PROGRAMS[name].file), 'utf8');
    return withPorts(shipped, {...ports, public: port});
  });
}

/** What proxies that compress do to the header ETag. */
export const ETAG_PROXIES = {
  'weakens ETags': {name: 'nginx', etagOf: (tag: string) => `W/${tag}`},
  'suffixes ETags': {name: 'haproxy', etagOf: (tag: string) => tag.replace(/"$/, '-gzip"')},
  'removes ETags': {name: 'haproxy', etagOf: () => null},
} as const satisfies Record<string, {name: ReverseProxyName; etagOf: (tag: string) => string | null}>;

/** Starts a proxy that does so, in front of one REST process. */
export function givenEtagProxy(kind: keyof typeof ETAG_PROXIES, restPort: string): Promise<ReverseProxy> {
  const change = {
    'suffixes ETags': `http-response replace-header ETag '^"(.*)"$' '"\\1-gzip"'`,
    'removes ETags': 'http-response del-header ETag',
  };
  return start(ETAG_PROXIES[kind].name, port =>
    kind === 'weakens ETags' ? compressingNginx(port, restPort) : simpleHaproxy(port, restPort, change[kind]),
  );
}

function compressingNginx(port: number, restPort: string): string {
  return `worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log warn;
events { worker_connections 256; }
http {
    access_log off;
    gzip on;
    gzip_types application/json;
    gzip_proxied any;
    gzip_min_length 1;
    server {
        listen 127.0.0.1:${port};
        location / {
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_pass http://127.0.0.1:${restPort};
        }
    }
}
`;
}

function simpleHaproxy(port: number, restPort: string, change: string): string {
  return `defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend rest
    bind 127.0.0.1:${port}
    ${change}
    default_backend rest
backend rest
    server one 127.0.0.1:${restPort}
`;
}

/** Resolves once it accepts connections. */
async function start(
  name: ReverseProxyName,
  configure: (port: number) => string | Promise<string>,
): Promise<ReverseProxy> {
  const {file, argumentsOf} = PROGRAMS[name];
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-proxy-'));
  await chmod(directory, 0o755); // nginx's workers may be another user
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  const port = await steadyPort();
  const configuration = path.join(directory, file);
  await writeFile(configuration, within(directory, await configure(port)));
  const child = spawn(programPath(name), argumentsOf(configuration, directory), {stdio: ['ignore', 'pipe', 'pipe']});
  const output = collect(child);
  const exited = once(child, 'close');
  onTeardown(() => {
    child.kill('SIGTERM'); // never SIGKILL: nginx's workers would stay
    return exited;
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`${name} has ended with ${child.exitCode}:\n${output()}`);
    await fetch(`${url}/live`);
  });
  return {url, output};
}

/** Each address of the configuration replaced; throws when one is not there. */
function withPorts(text: string, {rest, gateways, public: own}: ProxyPorts & {public: number}): string {
  const addresses = new Map([
    ...[...REST_PORTS, ...GATEWAY_PORTS].map(
      (port, index) => [`127.0.0.1:${port}`, `127.0.0.1:${[...rest, ...gateways][index]}`] as const,
    ),
    [`bind :${PUBLIC_PORT}`, `bind 127.0.0.1:${own}`],
    [`listen ${PUBLIC_PORT};`, `listen 127.0.0.1:${own};`],
  ]);
  for (const port of [...REST_PORTS, ...GATEWAY_PORTS]) {
    if (!text.includes(`127.0.0.1:${port}`)) throw new Error(`the configuration does not name port ${port}`);
  }
  // All at once: a port that was put in may be one that is looked for.
  return text.replace(/127\.0\.0\.1:\d+\b|bind :\d+|listen \d+;/g, address => addresses.get(address) ?? address);
}

/** Files of the system replaced by files in this directory. */
function within(directory: string, text: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    each => `    ${each}_temp_path ${directory}/${each};\n`,
  );
  return text
    .replaceAll(/\/(?:run|var\/log\/nginx)\//g, `${directory}/`)
    .replace('http {\n', `http {\n${temporary.join('')}`);
}

function programPath(name: string): string {
  const directories = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin'];
  const found = directories.map(directory => path.join(directory, name)).find(isExecutable);
  if (found === undefined) throw new Error(`This test runs ${name}: install it (Debian: haproxy, nginx-light).`);
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function collect({stdout, stderr}: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [stdout, stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return () => chunks.join('');
}
