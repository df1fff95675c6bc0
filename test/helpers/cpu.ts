// What something costs the process, so that a busy machine makes no difference.

/** Collecting garbage and compiling count too, so the least of so many counts is taken. */
const REPETITIONS = 20;

/** The least CPU time of one call, in milliseconds; stops calling when one took at most `enough`. */
export function leastCpuMs(call: () => unknown, enough: number): number {
  let least = Infinity;
  for (let count = 0; count < REPETITIONS && least > enough; count++) {
    const before = process.threadCpuUsage();
    call();
    least = Math.min(least, cpuMsSince(before));
  }
  return least;
}

/** CPU time of this thread, which answers all requests, since `before`, in milliseconds; V8's collector has others. */
export function cpuMsSince(before: NodeJS.CpuUsage): number {
  const {user, system} = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
