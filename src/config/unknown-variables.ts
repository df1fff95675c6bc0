// Variables that look like outreach's and are none. A misspelt one stops the start; one that only has a prefix of
// outreach's is somebody else's perhaps, and is logged. Kubernetes adds variables of its own for each service
// (`OUTREACH_PORT_3000_TCP`): those are neither.

/** Read by docker-compose.yml and by the tests, often from the same `.env`. */
const READ_ELSEWHERE =
  /^(OUTREACH_IMAGE|OUTREACH_TEST_\w+|POSTGRES_\w+|REDIS_\w+_PASSWORD|REST_PORT|PUBLISH_ADDRESS|TEST_\w+)$/;
/** Units as people write them; ours are MS and DAYS. */
const UNIT = /_(MS|SECONDS|MINUTES|HOURS|DAYS)$/;
const OUR_PREFIXES =
  /^(ALLOWED|AUTH|CAPTCHA|DRAIN|EXPORT|FORM_TOKEN|INQUIRY|METRICS|OUTREACH|RATE|RETENTION|SHUTDOWN|TRUST)_/;

export interface UnknownVariable {
  name: string;
  /** The variable that is meant, where the name is only a letter or two, or its unit, away from one that is not set. */
  meant?: string;
}

/** The variables of `env`, which has only those that are set, that look like `known` ones and are none. */
export function findUnknownVariables(
  env: Readonly<Record<string, string>>,
  known: Iterable<string>,
): UnknownVariable[] {
  const names = new Set(known);
  return Object.entries(env)
    .filter(([name, value]) => !names.has(name) && !READ_ELSEWHERE.test(name) && !isOfKubernetes(name, value))
    .flatMap(([name]) => {
      const spelt = name.toUpperCase().replaceAll('-', '_');
      const similar = [...names].filter(other => isSlipOf(spelt, other) || isWithoutItsUnit(spelt, other));
      if (similar.length === 0 && !OUR_PREFIXES.test(name)) return [];
      // Beside the variable itself, a name like it is hardly a slip: another program's, such as DATABASE_URI.
      return [{name, meant: similar.find(other => !Object.hasOwn(env, other))}];
    });
}

function isOfKubernetes(name: string, value: string): boolean {
  if (name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value)) return true;
  return /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name);
}

// Short names are too near to other programs' (HOST and POST).
function isSlipOf(name: string, known: string): boolean {
  const tolerated = known.length < 5 ? 0 : known.length < 10 ? 1 : 2;
  if (tolerated === 0 || Math.abs(name.length - known.length) > tolerated) return false;
  return editDistance(name, known) <= tolerated;
}

// SHUTDOWN_TIMEOUT and SHUTDOWN_TIMEOUT_SECONDS for SHUTDOWN_TIMEOUT_MS.
function isWithoutItsUnit(name: string, known: string): boolean {
  return UNIT.test(known) && isSlipOf(name.replace(UNIT, ''), known.replace(UNIT, ''));
}

/** Letters added, left out, changed, or swapped with the next (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({length: b.length + 1}, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? at(beforeLast, column - 2) + 1 : Infinity;
      current.push(Math.min(changed, swapped, at(last, column) + 1, at(current, column - 1) + 1));
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, b.length);
}

function at(distances: readonly number[], index: number): number {
  return distances[index] ?? Infinity;
}
