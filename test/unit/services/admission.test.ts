// So many at a time, so many waiting, and no more.
import {ProblemError} from '../../../src/contract/problem';
import {Admission} from '../../../src/services/admission';

const OPTIONS = {retryAfterSeconds: 5, detail: 'Try again.'};

test('who comes to taken places waits for its turn, and one more is refused', async () => {
  const admission = new Admission({places: 2, waiting: 1, ...OPTIONS});
  const [first, second] = [await admission.enter(), await admission.enter()];
  const entered: string[] = [];
  const third = admission.during(async () => void entered.push('third'));
  const refusal = await admission.enter().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ProblemError);
  expect(refusal).toMatchObject({kind: 'unavailable', extra: {headers: {'Retry-After': '5'}}});
  expect(entered).toEqual([]);
  first();
  await third;
  expect(entered).toEqual(['third']);
  second();
});

test('a place is free again, also after work that failed', async () => {
  const admission = new Admission({places: 1, waiting: 0, ...OPTIONS});
  await expect(admission.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const leave = await admission.enter();
  await expect(admission.enter()).rejects.toThrow(ProblemError);
  leave();
  (await admission.enter())();
});
