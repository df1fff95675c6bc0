// The REST service as the back office calls it: the typed client, a token renewed once after a 401, and problems
// (RFC 9457) thrown as react-admin's errors.
import {createRestClient, type Problem, type RestClient} from 'outreach/client';
import {HttpError} from 'react-admin';
import type {Session} from '../authentication/session';

const TIMEOUT_MS = 20_000;

/** The client for JSON answers; `fetchText` is for the one answer that is streamed, the export. */
export interface Service {
  rest: RestClient;
  fetchText: (path: string, signal: AbortSignal) => Promise<Response>;
}

export function createService(restUrl: string, session: Session): Service {
  const rest = createRestClient({
    restUrl,
    getToken: () => session.getToken(),
    fetch: request =>
      withFreshToken(session, request, fresh => fetch(fresh, {signal: AbortSignal.timeout(TIMEOUT_MS)})),
  });
  return {
    rest,
    fetchText: async (path, signal) => {
      const request = await authorize(new Request(restUrl + path), session);
      return withFreshToken(session, request, fresh => fetch(fresh, {signal}));
    },
  };
}

async function withFreshToken(session: Session, request: Request, send: (request: Request) => Promise<Response>) {
  const again = request.clone(); // a body can be read once
  const response = await send(request);
  if (response.status !== 401 || !(await session.renew())) return response;
  return send(await authorize(again, session));
}

async function authorize(request: Request, session: Session): Promise<Request> {
  const token = await session.getToken();
  if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

/** A problem as an error: `status` is the answer's, `body` the problem. */
export function toError(problem: Partial<Problem> | undefined, status: number): HttpError {
  return new HttpError(problem?.detail ?? problem?.title ?? `HTTP ${status}`, status, problem);
}

/** An error's status; 503 for one without, since no answer came at all. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError ? Number(error.status) : 503;
}

/** The answer's body with its headers; throws HttpError for a problem. */
export async function unwrap<T>(
  answer: Promise<{data?: T; error?: unknown; response: Response}>,
): Promise<{body: T; headers: Headers}> {
  const {data, error, response} = await answer;
  if (!response.ok || data === undefined) throw toError(error as Partial<Problem> | undefined, response.status); // every error is a problem
  return {body: data, headers: response.headers};
}
