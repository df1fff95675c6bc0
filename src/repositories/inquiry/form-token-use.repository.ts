// Which submission a form token was used for, in PostgreSQL, so that all replicas know: a row of idempotency_record, which
// retention removes as any other of them, long after the token has expired.
import {BindingScope, inject, injectable} from '@loopback/core';
import {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';

// The row as it is, or as it was before; none where another statement stores it at this moment.
const CLAIM = `
WITH claimed AS (
  INSERT INTO idempotency_record (digest, id) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING RETURNING id
)
SELECT id FROM claimed UNION ALL SELECT id FROM idempotency_record WHERE digest = $1`;

@injectable({scope: BindingScope.SINGLETON})
export class FormTokenUseRepository {
  constructor(@inject('datasources.postgres') private readonly postgres: PostgresDataSource) {}

  /**
   * Claims the token for this submission, both given as SHA-256 (`submission` in hexadecimal): true when it is claimed for
   * it, now or earlier; false when it is another submission's. Of two that come at once, one gets it. Throws
   * UnavailableError when PostgreSQL cannot answer.
   */
  async claim(digest: Buffer, submission: string): Promise<boolean> {
    const id = useId(Date.now(), submission);
    for (;;) {
      const {rows} = await this.postgres.query<{id: string}>({
        name: 'claim_form_token',
        text: CLAIM,
        values: [digest, id],
      });
      if (rows[0]) return tailOf(rows[0].id) === tailOf(id);
    }
  }
}

// A UUID of version 7 (RFC 9562), as the other records have, with the hash in place of its random bits.
function useId(time: number, hash: string): string {
  const at = time.toString(16).padStart(12, '0');
  const [a, b, c] = [hash.slice(0, 3), hash.slice(3, 6), hash.slice(6, 18)];
  return `${at.slice(0, 8)}-${at.slice(8)}-7${a}-8${b}-${c}`;
}

function tailOf(id: string): string {
  return id.slice(14);
}
