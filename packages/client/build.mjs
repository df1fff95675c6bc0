// Builds the package from src/client and web/embed: each entry as ESM and CommonJS, one ESM file with everything inside and
// the script for forms for pages without a bundler, and their types. What it writes is what `exports` names; nothing of the
// service comes along.
import {rm, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {generateDtsBundle} from 'dts-bundle-generator';
import {build} from 'esbuild';

const inRepository = path => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const DIST = inRepository('packages/client/dist');
const ENTRIES = {
  client: 'src/client/client',
  rest: 'src/client/rest/rest-client',
  react: 'src/client/react',
  form: 'web/embed/attach-form',
};
const sources = Object.entries(ENTRIES).map(([out, name]) => ({out, in: inRepository(`${name}.ts`)}));
const common = {bundle: true, logLevel: 'warning', target: 'es2022', legalComments: 'inline', outdir: DIST};

// The live list's entry re-exports the REST client instead of holding it, so that a bundler that is asked for the REST
// client alone leaves the entry, and socket.io with it, behind.
const restStaysApart = extension => ({
  name: 'rest-stays-apart',
  setup: ({onResolve}) =>
    onResolve({filter: /^\.\/rest\/rest-client$/}, () => ({
      path: `./rest${extension}`,
      external: true,
      sideEffects: false,
    })),
});
const library = (format, platform, extension) => ({
  ...common,
  entryPoints: sources,
  format,
  platform, // node: says what a CommonJS file exports in the way that Node's ESM reads
  packages: 'external',
  plugins: [restStaysApart(extension)],
  outExtension: {'.js': extension},
});

await rm(DIST, {recursive: true, force: true});
await Promise.all([
  build(library('esm', 'neutral', '.mjs')),
  build(library('cjs', 'node', '.cjs')),
  build({
    ...common,
    entryPoints: [{in: inRepository('src/client/client.ts'), out: 'standalone'}],
    format: 'esm',
    platform: 'browser',
    minify: true,
    outExtension: {'.js': '.mjs'},
  }),
  build({
    ...common,
    entryPoints: [{in: inRepository('web/embed/embed.ts'), out: 'embed'}],
    format: 'iife',
    platform: 'browser',
    minify: true,
  }),
]);

// Each entry's types are one file that needs no other; ESM has a file of its own, which says that it is ESM.
const types = generateDtsBundle(
  sources.map(({in: filePath}) => ({
    filePath,
    noCheck: true, // test/contract/client-package.test.ts compiles against them
    libraries: {importedLibraries: ['openapi-fetch']},
    output: {noBanner: true, exportReferencedTypes: false, inlineDeclareGlobals: true},
  })),
  {preferredConfigPath: inRepository('packages/client/tsconfig.json')},
);
await Promise.all([
  ...sources.map(({out}, index) => writeFile(`${DIST}/${out}.d.cts`, types[index])),
  ...sources.map(({out}) => writeFile(`${DIST}/${out}.d.mts`, `export * from './${out}.cjs';\n`)),
]);
await writeFile(`${DIST}/embed.d.ts`, 'export {};\n'); // it exports nothing
await writeFile(`${DIST}/standalone.d.mts`, "export * from './client.cjs';\n"); // the last: scripts/bootstrap reads its date
