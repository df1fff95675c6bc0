// What a process has used so far, from /proc.
import {readdirSync, readFileSync} from 'node:fs';

const TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

/** User and system time of a process and all its threads, in microseconds; NaN where there is no /proc. */
export function cpuMicroseconds(pid) {
  const fields = statOf(pid);
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1e6;
}

/** The same of a process and all its children, those that have ended included: a server closes connections that are idle. */
export function familyCpuMicroseconds(parent) {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name) && parentOf(name) === parent);
  const living = [parent, ...pids].reduce((sum, pid) => sum + (cpuMicroseconds(pid) || 0), 0); // one may just have ended
  const fields = statOf(parent);
  return living + ((Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND) * 1e6;
}

/** The id of the process that started it; NaN where there is no /proc. */
export function parentOf(pid) {
  return Number(statOf(pid)[1]);
}

// The fields after the name, which may hold spaces; none when the process has ended.
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** Resident memory of a process in bytes; NaN where there is no /proc. */
export function residentBytes(pid) {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return NaN;
  }
}

/** The greatest of it from now on, looked at 20 times a second; `stop()` gives it. */
export function watchResidentPeak(pid) {
  let peak = 0;
  const look = () => (peak = Math.max(peak, residentBytes(pid) || 0));
  const timer = setInterval(look, 50);
  look();
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}
