import {createProgressLine} from '../../../src/platform/progress';

function givenStream(isTTY: boolean) {
  const written: string[] = [];
  return {isTTY, written, write: (text: unknown) => written.push(String(text)) > 0};
}

test('rewrites one line on a terminal and takes it away at the end', () => {
  const stream = givenStream(true);
  const {show, clear} = createProgressLine(stream);
  show('one');
  show('two');
  clear();
  expect(stream.written).toEqual(['\r\u001B[Kone', '\r\u001B[Ktwo', '\r\u001B[K']);
});

test('writes nothing where there is no terminal', () => {
  const stream = givenStream(false);
  const {show, clear} = createProgressLine(stream);
  show('one');
  clear();
  expect(stream.written).toEqual([]);
});
