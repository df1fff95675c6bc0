// Inquiries as the back office triages them, over HTTP.
import type {InquiryView} from '../../src/contract/inquiry';
import type {ActivityView} from '../../src/contract/triage';
import {givenSubmission} from './inquiries';
import type {TestRest} from './rest';

export const TRIAGE_SCOPES = 'inquiries:read inquiries:triage';

/** A stored inquiry of version 1; its id. */
export async function givenInquiry(rest: TestRest, fields: Record<string, unknown> = {}): Promise<string> {
  const response = await rest.post('/inquiries', givenSubmission(fields));
  return ((await response.json()) as {id: string}).id;
}

/** One person of the back office: requests with their token. */
export function givenTriage(rest: TestRest, token: string) {
  const patch = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(rest.url + path, {
      method: 'PATCH',
      headers: {Authorization: `Bearer ${token}`, 'Content-Type': 'application/merge-patch+json', ...headers},
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const read = async <T>(path: string): Promise<T> => {
    const response = await rest.get(path, token);
    if (response.status !== 200) throw new Error(`GET ${path} answered ${response.status}`);
    return (await response.json()) as T;
  };
  return {
    patch,
    /** PATCH of one inquiry; `version` is what If-Match asks for. */
    change: (id: string, body: unknown, version: number | '*') =>
      patch(`/inquiries/${id}`, body, {'If-Match': version === '*' ? '*' : `"${version}"`}),
    note: (id: string, body: unknown) => rest.post(`/inquiries/${id}/notes`, body, {Authorization: `Bearer ${token}`}),
    inquiry: (id: string) => read<InquiryView>(`/inquiries/${id}`),
    /** The newest 100 entries of the log, oldest first. */
    log: (id: string) => read<ActivityView[]>(`/inquiries/${id}/activity?order=oldest&limit=100`),
  };
}
export type TestTriage = ReturnType<typeof givenTriage>;
