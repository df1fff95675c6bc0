// The claims of an access token, read once after its signature is verified. RFC 9068: `sub`, `scope`, `exp`; ours: `topics`.
import {z} from 'zod';
import {topicSchema} from '../contract/fields';
import {ALL_TOPICS} from '../contract/rooms';

const tokenPayloadSchema = z.object({
  // It is stored as the actor of a change, so it is text that PostgreSQL can store.
  sub: z.string().min(1).max(255).refine(isPlainText),
  exp: z.number().int(),
  scope: z.string().max(2000).default(''),
  topics: z
    .array(z.union([topicSchema, z.literal(ALL_TOPICS)]))
    .max(200)
    .optional(),
});

function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/[\u0000-\u001F\u007F]/.test(text);
}

/** What a verified token says of its bearer. */
export interface Claims {
  subject: string;
  scopes: ReadonlySet<string>;
  /** Topics the bearer may see; `'*'` when the token does not narrow them, empty when it allows none. */
  topics: typeof ALL_TOPICS | readonly string[];
  /** Seconds since the epoch. */
  expiresAt: number;
}

/** Reads the claims of a verified payload; undefined when one is malformed, which must be refused. */
export function parseClaims(payload: unknown): Claims | undefined {
  const parsed = tokenPayloadSchema.safeParse(payload);
  if (!parsed.success) return undefined;
  const {sub, exp, scope, topics} = parsed.data;
  const all = topics === undefined || topics.includes(ALL_TOPICS);
  return {
    subject: sub,
    scopes: new Set(scope.split(' ').filter(Boolean)),
    topics: all ? ALL_TOPICS : [...new Set(topics)],
    expiresAt: exp,
  };
}
