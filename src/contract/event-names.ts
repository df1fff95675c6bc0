// The names on the socket, apart from the schemas, so that a browser can have them without zod.

export const SocketEvent = {INQUIRY_SUBMITTED: 'INQUIRY_SUBMITTED'} as const;

/** The name of the only thing a client can send. */
export const OBSERVE = 'observe';
