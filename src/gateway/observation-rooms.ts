// Puts a socket into the observation rooms that its claims allow, and nowhere else. Rooms are never named by the
// client: it asks for topics, and the contract's functions say what is granted.
import type {Claims} from '../access/claims';
import {grantTopics, mayObserve} from '../access/policy';
import {
  type ClientToServerEvents,
  observeRequestSchema,
  type ObserveResult,
  type ServerToClientEvents,
} from '../contract/events';
import {ALL_TOPICS, roomsOfGrant} from '../contract/rooms';
import type {Server, Socket} from 'socket.io';

/** What the gateway keeps with each socket. */
export interface SocketState {
  claims: Claims;
  /** When its session ends, in seconds since the epoch. */
  endsAt: number;
}
export type ObservationServer = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketState>;
export type ObservationSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketState>;

/**
 * Answers `observe`: joins the granted rooms and leaves those of an earlier `observe`. `topics` are the configured
 * ones; any other text is denied, and never becomes a room. When nothing is granted, the result is `ok: false` with
 * `forbidden`, unless a client that may observe asked for no topics.
 */
export async function observe(
  socket: ObservationSocket,
  request: unknown,
  topics: ReadonlySet<string>,
): Promise<ObserveResult> {
  const parsed = observeRequestSchema.safeParse(request);
  if (!parsed.success) return {ok: false, granted: [], denied: [], error: 'bad_request'};
  const {claims} = socket.data;
  const known = (topic: string) => topic === ALL_TOPICS || topics.has(topic);
  const {granted: allowed, denied} = grantTopics(claims, parsed.data.topics);
  const granted = allowed.filter(known);
  const refused = [...denied, ...allowed.filter(topic => !known(topic))];
  await replaceRooms(socket, roomsOfGrant(granted));
  if (granted.length > 0) return {ok: true, granted, denied: refused};
  const nothingAsked = mayObserve(claims) && parsed.data.topics?.length === 0;
  return nothingAsked
    ? {ok: true, granted, denied: refused}
    : {ok: false, granted, denied: refused, error: 'forbidden'};
}

// All leaves and joins start in the same turn, and the adapter does each at once. Otherwise two requests in one network
// packet would both leave before either joins, and the socket would end up in the rooms of both. It also leaves the
// room of its own id, which is never used and costs memory.
async function replaceRooms(socket: ObservationSocket, rooms: string[]): Promise<void> {
  const left = [...socket.rooms].map(room => socket.leave(room));
  await Promise.all([...left, socket.join(rooms)]);
}
