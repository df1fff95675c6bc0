// What the websocket component needs of a connection, and what it gives to services: seams for tests and for no Redis.
import type {InquirySubmitted, SocketEvent} from '../../contract/events';

/** Sends one event to one room. At most once: nothing is queued, resent or sent late. */
export interface EventEmitter {
  /** A fast path only: true does not promise that an emit will arrive. */
  isReady(): boolean;
  /**
   * Resolves with how many gateways took the event; rejects when it could not be sent, or its connection ended before an
   * answer came. For how long it is waited for is the caller's business.
   */
  emitToRoom(room: string, event: keyof typeof SocketEvent, payload: InquirySubmitted): Promise<number>;
}

/** The part of an ioredis client that publishing needs. */
export interface Publisher {
  readonly status: string;
  publish(channel: string, message: Buffer | string): Promise<number>;
}

/** A publisher that can be connected and disconnected. */
export interface PublisherConnection extends Publisher {
  connect(): Promise<void>;
  disconnect(): void;
}
