// Renders the access table of src/contract as a page for people: routes × scopes, and rooms.
import access from '../dist/contract/access.js';
import rooms from '../dist/contract/rooms.js';

const {ALL_SCOPES, OBSERVE_SCOPE, PUBLIC, ROUTE_ACCESS} = access;

/** The text of docs/access.md. */
export function renderAccess() {
  const columns = [PUBLIC, ...ALL_SCOPES];
  const routes = Object.entries(ROUTE_ACCESS).map(([key, needed]) => row(`\`${key}\``, columns, needed));
  const roomRows = [rooms.ALL_INQUIRIES_ROOM, rooms.topicRoom('<topic>')].map(room => {
    const claim =
      room === rooms.ALL_INQUIRIES_ROOM ? `absent, or holds \`${rooms.ALL_TOPICS}\`` : 'lets the topic pass';
    return `| \`${room}\` | \`${OBSERVE_SCOPE}\` | ${claim} |`;
  });
  return `<!-- Generated from src/contract/access.ts by \`npm run generate\`. Do not edit. -->

# Who may call what

A token needs the scope of the route. A route that is not \`${PUBLIC}\` answers 401 without a valid token, and 403 with one
that lacks the scope, whatever other scopes it has. \`test/acceptance/access-matrix.test.ts\` walks this table.

The claim \`topics\` narrows what a scope opens: absent, or with \`${rooms.ALL_TOPICS}\`, it narrows nothing; an empty one
leaves nothing. An inquiry of a topic outside the claim does not exist for the bearer: 404 by its id, and absent from
lists, counts, feeds, exports and rooms.

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
