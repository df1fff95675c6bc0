// One big download, read as fast as it comes and thrown away; bytes and lines are counted.
import {get} from 'node:http';

const NEWLINE = 0x0a;

/** Resolves with what was read of `{url, token}`; rejects when it breaks off or is not a 200. */
export function download({url, token}) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const request = get(url, {headers: {Authorization: `Bearer ${token}`}}, response => {
      let bytes = 0;
      let lines = 0;
      response.on('data', chunk => {
        bytes += chunk.length;
        for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`the download was answered ${response.statusCode}`));
        const seconds = (performance.now() - startedAt) / 1000;
        resolve({bytes, lines, seconds, total: Number(response.headers['x-total-count'])});
      });
    });
    request.on('error', reject);
  });
}
