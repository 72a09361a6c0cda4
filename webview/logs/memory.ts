interface Movable {
  /** Absent in Node 20, where the unit tests run. */
  transfer?(bytes: number): ArrayBuffer;
}

/**
 * The same bytes in a buffer of another size. The old one is given back at once and not whenever somebody collects it:
 * a log of many lines would otherwise hold most of them twice.
 */
export function resized(buffer: ArrayBuffer, bytes: number): ArrayBuffer {
  const moved = (buffer as Movable).transfer?.(bytes);
  if (moved) return moved;
  const copy = new Uint8Array(bytes);
  copy.set(new Uint8Array(buffer, 0, Math.min(bytes, buffer.byteLength)));
  return copy.buffer;
}

/** Gives memory back that nobody will look at again. */
export function release(...buffers: readonly ArrayBufferLike[]): void {
  for (const buffer of buffers) (buffer as Movable).transfer?.(0);
}
