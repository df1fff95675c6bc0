// One measurement of one HTTP server: warm, then measured, with its CPU time beside it.

/**
 * Seconds of load before a measurement. V8 takes some ten of them to compile the hot paths of a server, whoever wrote it:
 * what is measured is the server as it runs all day. Later rounds only bring it back to its core's caches, and what is
 * `quick` finds the coarse differences only.
 */
export const warmSecondsOf = (round, quick = false) => (round > 0 ? 1 : quick ? 5 : 12);

/** Resolves with the load generator's figures and `cpu`, the server's microseconds a request. */
export async function measure(generator, server, {warmSeconds, ...job}) {
  if (warmSeconds) await generator.run({kind: 'closedLoop', url: server.url, ...job, seconds: warmSeconds});
  const before = server.cpu();
  const result = await generator.run({kind: 'closedLoop', url: server.url, ...job});
  return {...result, cpu: (server.cpu() - before) / result.count};
}

/** Throws unless every answer had this status. */
export function mustAllBe(status, result, name) {
  const others = Object.entries(result.statuses).filter(([code]) => Number(code) !== status);
  if (others.length > 0 || !result.statuses[status]) {
    throw new Error(`${name} answered ${JSON.stringify(result.statuses)}, not ${status} only`);
  }
}
