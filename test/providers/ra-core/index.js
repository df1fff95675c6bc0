// Stand-in for ra-core 3.19, for ra-data-lb4's test: `fetchUtils.fetchJson` as ra-core has it, and nothing else.
'use strict';

/** Fetches, and resolves with status, headers, body and parsed JSON; rejects outside of 2xx. */
async function fetchJson(url, options = {}) {
  const headers = options.headers || new Headers({Accept: 'application/json'});
  if (!headers.has('Content-Type') && options.body) headers.set('Content-Type', 'application/json');
  const response = await fetch(url, {...options, headers});
  const body = await response.text();
  let json;
  try {
    json = JSON.parse(body);
  } catch {
    // as in ra-core: no JSON, no matter
  }
  if (!response.ok)
    throw Object.assign(new Error((json && json.message) || response.statusText), {
      status: response.status,
      body: json,
    });
  return {status: response.status, headers: response.headers, body, json};
}

exports.fetchUtils = {fetchJson};
