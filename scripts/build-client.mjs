// Bundles the client for those who import the package: ESM and CommonJS, and one ESM file with everything inside for
// pages without a bundler. The types are tsc's; ESM's entry to them is the file that TypeScript looks for beside a .mjs.
import {writeFile} from 'node:fs/promises';
import {build} from 'esbuild';

const ENTRIES = ['client', 'react'];
const common = {bundle: true, logLevel: 'warning', target: 'es2022', legalComments: 'inline'};
const entryPoints = ENTRIES.map(name => `src/client/${name}.ts`);
const library = {...common, entryPoints, outdir: 'dist/client', packages: 'external', sourcemap: true};

await Promise.all([
  build({...library, format: 'esm', outExtension: {'.js': '.mjs'}}),
  build({...library, format: 'cjs', outExtension: {'.js': '.cjs'}, platform: 'node'}),
  build({
    ...common,
    entryPoints: [{in: 'src/client/client.ts', out: 'standalone'}],
    outdir: 'dist/client',
    format: 'esm',
    platform: 'browser',
    minify: true,
    outExtension: {'.js': '.mjs'},
  }),
  ...ENTRIES.flatMap(name => [
    writeFile(`dist/client/${name}.d.mts`, `export * from './${name}.js';\n`),
    writeFile(`dist/client/${name}.d.cts`, `export * from './${name}.js';\n`),
  ]),
  writeFile('dist/client/standalone.d.mts', "export * from './client.js';\n"),
]);
