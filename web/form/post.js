// Sends JSON to the REST service and sorts the answer into the few outcomes that a form can show.

const TIMEOUT_MS = 15_000;

/**
 * Posts `body` (JSON text). Never throws. `outcome` is one of
 * - `accepted`: stored, `answer` is the receipt
 * - `invalid`: fields to correct, in `answer.errors`
 * - `refused`: another mistake of the caller, said in `answer.detail`
 * - `unavailable`: nobody answered, or the service asks to try again; sending the same again may succeed
 */
export async function postJson(url, body, headers = {}) {
  let response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', ...headers},
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return {outcome: 'unavailable'}; // offline, refused or too slow: fetch does not say which
  }
  const answer = await readJson(response);
  if (response.ok) return {outcome: 'accepted', answer};
  if (response.status === 429 || response.status >= 500) return {outcome: 'unavailable', answer};
  return {outcome: answer?.errors?.length > 0 ? 'invalid' : 'refused', answer};
}

// The status alone decides about success, so an unreadable body must not turn a stored inquiry into a failure.
async function readJson(response) {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
