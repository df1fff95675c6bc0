// A proxy before PostgreSQL that reads the statements that pass: those of the simple protocol, and each execution of a prepared
// one. See PostgreSQL's documentation, "Message Formats".
import {once} from 'node:events';
import {connect, createServer} from 'node:net';

/** Starts it before the server of `databaseUrl`; `url` leads through it, `take()` returns what has passed since the last call. */
export async function startStatementProxy(databaseUrl) {
  let statements = [];
  const sockets = new Set();
  const target = new URL(databaseUrl);
  const server = createServer(client => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const read = createReader(text => statements.push(text));
    client.on('data', read);
    client.pipe(upstream).pipe(client);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${server.address().port}`;
  return {
    url: url.href,
    take: () => {
      const taken = statements;
      statements = [];
      return taken;
    },
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function createReader(onStatement) {
  let rest = Buffer.alloc(0);
  let hasStarted = false; // the first message of a connection has no type
  const prepared = new Map();
  return chunk => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = hasStarted ? 1 : 0;
      if (rest.length < head + 4) return;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return;
      const type = hasStarted ? String.fromCharCode(rest[0]) : '';
      const [one, two] = rest.toString('utf8', head + 4, end).split('\0');
      hasStarted = true;
      rest = rest.subarray(end);
      if (type === 'Q') onStatement(one);
      if (type === 'P') prepared.set(one, two); // name, text
      if (type === 'B') onStatement(prepared.get(two)); // portal, name
    }
  };
}
