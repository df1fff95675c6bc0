// The back office under Vite's development server: an edit shows at once, without a build. `npm run dev` starts it.
import {once} from 'node:events';
import {createServer} from 'node:http';
import {fileURLToPath} from 'node:url';
import {createServer as createVite} from 'vite';

/**
 * Starts the server on loopback; resolves with its URL and with what stops it. `readConfiguration` resolves with
 * config.json, which holds a token: no page of another origin may read it, and Vite refuses the names of other hosts.
 */
export async function startBackOffice({readConfiguration, cacheDirectory, port}) {
  const server = createServer((request, response) => vite.middlewares(request, response));
  const configuration = {
    name: 'configuration',
    // The inner function runs when Vite has installed its own checks; by then it has rewritten the address.
    configureServer:
      ({middlewares}) =>
      () =>
        void middlewares.use((request, response, next) => {
          if (request.originalUrl !== '/config.json') return next();
          readConfiguration()
            .then(text => response.setHeader('Content-Type', 'application/json').end(text))
            .catch(next);
        }),
  };
  const vite = await createVite({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: fileURLToPath(new URL('vite.config.mts', import.meta.url)),
    cacheDir: cacheDirectory,
    plugins: [configuration],
    server: {middlewareMode: true, hmr: {server}, cors: false}, // a server of its own would end the process on a signal
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await vite.close();
    },
  };
}
