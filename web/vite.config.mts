// Builds the back office to static files: relative addresses, so that they can be served under any path.
import {fileURLToPath} from 'node:url';
import react from '@vitejs/plugin-react';
import {defineConfig} from 'vite';

const source = (name: string) => fileURLToPath(new URL(`../src/client/${name}.ts`, import.meta.url));

export default defineConfig({
  base: './',
  plugins: [react()],
  logLevel: 'warn',
  resolve: {
    // The package's exports, from their sources: the back office needs no build of the client.
    alias: [
      {find: /^outreach\/client$/, replacement: source('client')},
      {find: /^outreach\/client\/react$/, replacement: source('react')},
    ],
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the Content-Security-Policy lets no data: URL run or style anything
    manifest: true, // the size test reads which files a first load takes
    // What three parts or more share comes as one file: many small ones compress worse, by 6 KB of a first load.
    rolldownOptions: {output: {codeSplitting: {groups: [{name: 'shared', minShareCount: 3}]}}},
    chunkSizeWarningLimit: 1200, // test/e2e/back-office-size.test.ts has the limit that counts
  },
});
