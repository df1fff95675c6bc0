// What every error answer must be, checked in one place: problem details (RFC 9457) that repeat nothing of the input.
import {type Problem, type ProblemKind, PROBLEMS, problemSchema} from '../../src/contract/problem';

/** The parts of an answer that count here; a fetch Response has them, and so has a raw one. */
export interface Answer {
  status: number;
  headers: {get(name: string): string | null};
  text(): Promise<string>;
}

/** Asserts that the answer is a problem of our shape, without the text `without`, and returns it. */
export async function expectProblem(answer: Answer, kind?: ProblemKind, {without}: {without?: string} = {}) {
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem: Problem = problemSchema.parse(JSON.parse(text));
  const known = Object.keys(PROBLEMS).map(name => `/problems/${name}`);
  expect(known).toContain(problem.type);
  if (kind !== undefined) expect(problem.type).toBe(`/problems/${kind}`);
  const {status, title} = PROBLEMS[problem.type.slice('/problems/'.length) as ProblemKind]; // known: looked up above
  expect([problem.status, problem.title, answer.status]).toEqual([status, title, status]);
  expect(problem.instance).toMatch(/^([0-9a-f]{32}|[0-9a-f-]{36})$/i);
  expect(problem.instance).toBe(answer.headers.get('x-request-id'));
  expect(answer.headers.get('cache-control')).toBe('no-store');
  if (without !== undefined) expect(text.toLowerCase()).not.toContain(without.toLowerCase());
  expect(text).not.toMatch(/node_modules|\.ts:\d|\.js:\d|SELECT |INSERT |constraint/);
  return problem;
}
