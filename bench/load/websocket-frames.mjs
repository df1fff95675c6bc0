// The little of RFC 6455 that ten thousand cheap clients need: short text frames both ways, control frames, nothing
// compressed or fragmented.

/** A client's text frame. The mask is zero, which the protocol allows and which leaves the text as it is. */
export function textFrame(text) {
  return frame(0x1, Buffer.from(text));
}

/** A client's ping. */
export function pingFrame(payload) {
  return frame(0x9, payload);
}

export function pongFrame(payload) {
  return frame(0xa, payload);
}

function frame(opcode, payload) {
  const {length} = payload;
  if (length > 0xffff) throw new Error('too long for a benchmark');
  const extended = length > 125;
  const head = Buffer.alloc(extended ? 8 : 6);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (extended ? 126 : length);
  if (extended) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, payload]);
}

/** Calls `onFrame(opcode, bytes, start, end)` for each whole frame; gives what is left of an incomplete one. */
export function readFrames(bytes, onFrame) {
  let offset = 0;
  while (offset + 2 <= bytes.length) {
    let length = bytes[offset + 1] & 0x7f;
    let start = offset + 2;
    if (length === 127) throw new Error('the server sent a frame that is too long for a benchmark');
    if (length === 126) {
      if (offset + 4 > bytes.length) break;
      length = bytes.readUInt16BE(offset + 2);
      start += 2;
    }
    if (start + length > bytes.length) break;
    onFrame(bytes[offset] & 0x0f, bytes, start, start + length);
    offset = start + length;
  }
  return bytes.subarray(offset);
}
