// `npm run check -- words` names file, line, word and what to say where a refused word comes in.
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTeardown} from '../helpers/teardown';

const SCRIPT = path.resolve(__dirname, '../../scripts/refused-words.mjs');

function check(file: string, text: string): {status: number | null; stdout: string} {
  const root = mkdtempSync(path.join(tmpdir(), 'refused-words-'));
  onTeardown(() => rm(root, {recursive: true}));
  mkdirSync(path.dirname(path.join(root, file)), {recursive: true});
  writeFileSync(path.join(root, file), text);
  return spawnSync(process.execPath, [SCRIPT, root], {encoding: 'utf8'});
}

test.each([
  [
    'src/rest/session-manager.ts',
    '',
    'src/rest/session-manager.ts:1: "session-manager.ts" is refused; say what it does: a pool, ',
  ],
  ['src/common/page.ts', '', 'src/common/page.ts:1: "common" is refused; say what is in it'],
  ['src/rest/route.ts', '\nclass RouteHelper {}', 'src/rest/route.ts:2: "RouteHelper" is refused; say what it does'],
  ['src/rest/route.ts', 'const data = 1;', 'src/rest/route.ts:1: "data" is refused; say what it is: rows, '],
  ['src/services/x.ts', 'interface FoundRoute {}', 'src/services/x.ts:1: "FoundRoute" is refused; say MatchedRoute'],
  ['test/unit/x.test.ts', 'const ONE_SCENE = 1;', 'test/unit/x.test.ts:1: "ONE_SCENE" is refused; say full system'],
  [
    'src/platform/x.ts',
    '// The log tells it.',
    'src/platform/x.ts:1: "tells" is refused; say notify, emit, return, log or say',
  ],
  ['web/src/x.tsx', '// The feed is told.', 'web/src/x.tsx:1: "told" is refused; say notify, emit, return, log or say'],
  ['bench/x.mjs', '// naughty texts', 'bench/x.mjs:1: "naughty" is refused; say hostile'],
])('%s with %j is refused', (file, text, message) => {
  const {status, stdout} = check(file, text);
  expect([status, stdout]).toEqual([1, expect.stringContaining(message)]);
});

test.each([
  ['src/rest/common-headers.ts', 'export const commonHeaders = 1;'],
  ['src/rest/x.ts', "import {helper} from 'library'; const {data} = socket; socket.info.data = utilities;"],
  ['src/rest/x.ts', 'function send(data: string) {}'],
  ['test/helpers/x.ts', 'const seen = 1;'],
  ['web/form/x.js', "const text = 'Please tell the owner:';"],
])('%s with %j is not', (file, text) => {
  expect(check(file, text)).toMatchObject({status: 0, stdout: ''});
});
