/** Where readers get the memory for a case's voxels, and what follows where there is none. */
import { InputError } from "../../base/errors.ts";

/** A file needs more memory than there is: on another machine, or later, it may be readable. */
export class MemoryError extends InputError {
  override readonly name = "MemoryError";
}

/** Recognises what engines throw where they can make no array of the wanted length. */
export function isAllocationError(error: unknown): boolean {
  return error instanceof RangeError && /alloc|array length/i.test(error.message);
}

/** What an array holds at first is not known: who asks for it writes every element. */
export interface Memory {
  bytes(length: number): Uint8Array<ArrayBuffer>;
  floats(length: number): Float32Array<ArrayBuffer>;
  /** Nobody reads the array any more. */
  giveBack(array: ArrayBufferView): void;
}

/** New memory for each array: the case keeps it. */
export const NEW_MEMORY: Memory = {
  bytes: (length) => new Uint8Array(length),
  floats: (length) => new Float32Array(length),
  giveBack: () => undefined,
};

/**
 * Memory for one case after another. New pages cost as much as reading a small case, and what a case leaves
 * to the garbage collector adds up until it runs.
 */
export class ReusedMemory implements Memory {
  /** Not in use, smallest first. */
  #free: ArrayBuffer[] = [];
  readonly #lent = new Set<ArrayBuffer>();

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#lend(length), 0, length);
  }

  floats(length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#lend(4 * length), 0, length);
  }

  giveBack({ buffer }: ArrayBufferView): void {
    if (buffer instanceof ArrayBuffer && this.#lent.delete(buffer)) this.#keep(buffer);
  }

  /** Ends a case: all that was lent may be lent again. */
  giveAllBack(): void {
    for (const buffer of this.#lent) this.#keep(buffer);
    this.#lent.clear();
  }

  #lend(bytes: number): ArrayBuffer {
    const at = this.#free.findIndex(({ byteLength }) => byteLength >= bytes);
    // One that is too small makes room for its successor: no more is held than the largest cases need.
    const [free] = this.#free.splice(at, 1);
    const buffer = at >= 0 && free ? free : new ArrayBuffer(bytes);
    this.#lent.add(buffer);
    return buffer;
  }

  #keep(buffer: ArrayBuffer): void {
    this.#free.push(buffer);
    this.#free.sort((a, b) => a.byteLength - b.byteLength);
  }
}
