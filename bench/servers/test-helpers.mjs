// Helpers of the tests, which a benchmark needs as well. They are TypeScript, which Node runs as it is, but for imports as the
// compiler reads them: without an ending, and of sources that Node cannot run, whose builds in dist/ stand in for them.
import {registerHooks} from 'node:module';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '../..');
const [SOURCES, BUILDS] = [path.join(ROOT, 'src/'), path.join(ROOT, 'dist/')];

registerHooks({
  resolve(specifier, context, next) {
    const isBare = specifier.startsWith('.') && path.extname(specifier) === '';
    if (!isBare || !context.parentURL?.endsWith('.ts')) return next(specifier, context);
    const file = path.resolve(path.dirname(fileURLToPath(context.parentURL)), specifier);
    const program = file.startsWith(SOURCES) ? `${BUILDS}${file.slice(SOURCES.length)}.js` : `${file}.ts`;
    return next(pathToFileURL(program).href, context);
  },
});

/** Fills an empty table with rows that look as after two years of use: the same ones on each run. */
export const {givenManyInquiries} = await import('../../test/helpers/many-inquiries.ts');
