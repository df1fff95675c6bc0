// Renders the access table of src/contract as a page for people: routes × scopes, and rooms.
import access from '../dist/access/policy.js';
import rooms from '../dist/contract/rooms.js';

const {ALL_SCOPES, PUBLIC, ROOM_ACCESS, ROUTE_ACCESS, Scope} = access;
const CLAIMS = {every: `absent, or holds \`${rooms.ALL_TOPICS}\``, own: 'lets the topic pass'};

/** The text of docs/access.md. */
export function renderAccess() {
  const columns = [PUBLIC, ...ALL_SCOPES];
  const routes = Object.entries(ROUTE_ACCESS).map(([key, needed]) => row(`\`${key}\``, columns, needed));
  const roomRows = Object.entries(ROOM_ACCESS).map(
    ([room, {scope, topics}]) => `| \`${room}\` | \`${scope}\` | ${CLAIMS[topics]} |`,
  );
  return `<!-- Generated from src/access/policy.ts by \`npm run generate\`. Do not edit. -->

# Who may call what

A token needs the scope of the route. A route that is not \`${PUBLIC}\` answers 401 without a valid token, and 403 with one
that lacks the scope, whatever other scopes it has. \`test/acceptance/access/access-matrix.test.ts\` walks both tables.

The claim \`topics\` narrows what a scope opens: absent, or with \`${rooms.ALL_TOPICS}\`, it narrows nothing; an empty one
leaves nothing. An inquiry of a topic outside the claim does not exist for the bearer: 404 by its id, and absent from
lists, counts, feeds, exports and rooms. What follows from that:

- Who may see an inquiry may read its whole activity, also what was written while it had another topic.
- \`${Scope.INQUIRIES_TRIAGE}\` answers with the inquiry that it changed, so it implies reading it.
- Subscriptions have no topics, so the claim does not narrow them.
- An erasure or a subject export by halves would pass for a whole one: a narrowed token is refused (403).

## Routes

| Route | ${columns.map(column => `\`${column}\``).join(' | ')} |
| --- |${' :-: |'.repeat(columns.length)}
${routes.join('\n')}

## Rooms

Namespace \`${rooms.OBSERVATION_NAMESPACE}\` of the gateway.

| Room | Scope | Claim \`topics\` |
| --- | --- | --- |
${roomRows.join('\n')}
`;
}

function row(title, columns, needed) {
  return `| ${title} | ${columns.map(column => (column === needed ? '✓' : '')).join(' | ')} |`;
}
