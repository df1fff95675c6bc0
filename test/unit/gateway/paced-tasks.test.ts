// The pace of handshakes: in order, a few milliseconds a turn, after the connections that come in, and never for ever.
import {setImmediate as nextTurn} from 'node:timers/promises';
import {PacedTasks} from '../../../src/gateway/paced-tasks';

let paced: PacedTasks;
let done: number[];

beforeEach(() => {
  paced = new PacedTasks();
  done = [];
});

function spin(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

test('tasks run in their order, those that tasks add as well', async () => {
  paced.add(() => {
    done.push(1);
    paced.add(() => done.push(3));
  });
  paced.add(() => done.push(2));
  expect(done).toEqual([]);
  while (done.length < 3) await nextTurn();
  paced.add(() => done.push(4));
  while (done.length < 4) await nextTurn();
  expect(done).toEqual([1, 2, 3, 4]);
});

test('long tasks share a turn with few others', async () => {
  for (let task = 0; task < 20; task++) {
    paced.add(() => {
      spin(2);
      done.push(task);
    });
  }
  let turns = 0;
  while (done.length < 20) {
    await nextTurn();
    turns += 1;
  }
  expect(turns).toBeGreaterThanOrEqual(10);
});

test('tasks wait while connections are accepted, and go on at the first turn without one', async () => {
  paced.add(() => done.push(1));
  for (let turn = 0; turn < 10; turn++) {
    paced.onAccepted();
    await nextTurn();
    expect(done).toEqual([]);
  }
  await nextTurn();
  expect(done).toEqual([1]);
});

test('tasks go on while connections are accepted without end', async () => {
  paced.add(() => done.push(1));
  while (done.length === 0) {
    paced.onAccepted();
    await nextTurn();
  }
  expect(done).toEqual([1]);
}, 5000);
