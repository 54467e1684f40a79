/** Decodes stored bytes into numbers. */
import { InputError } from "../../base/errors.ts";

/** A chunk of stored values before scaling. */
export type SampleArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

export type SampleType =
  | "uint8"
  | "int8"
  | "uint16"
  | "int16"
  | "uint32"
  | "int32"
  | "uint64"
  | "int64"
  | "float32"
  | "float64";

export const BYTES_PER_SAMPLE: Readonly<Record<SampleType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  uint64: 8,
  int64: 8,
  float32: 4,
  float64: 8,
};

const STAGING_BYTES = 1 << 18;
const IS_LITTLE_ENDIAN_HERE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Decodes bytes that arrive in chunks of any length into samples, in either byte order.
 *
 * Every array it yields is a view of one buffer, which the next call overwrites.
 */
export class SampleDecoder {
  readonly #type: SampleType;
  readonly #swap: boolean;
  readonly #file: string;
  readonly #staging = new ArrayBuffer(STAGING_BYTES);
  readonly #bytes = new Uint8Array(this.#staging);
  readonly #wide: Float64Array | null;
  #filled = 0;

  constructor(type: SampleType, littleEndian: boolean, file: string) {
    this.#type = type;
    this.#swap = littleEndian !== IS_LITTLE_ENDIAN_HERE && BYTES_PER_SAMPLE[type] > 1;
    this.#file = file;
    this.#wide = type === "int64" || type === "uint64" ? new Float64Array(STAGING_BYTES / 8) : null;
  }

  /**
   * Yields samples whenever the buffer is full; `flush` returns the rest.
   * @throws InputError for a 64-bit integer beyond 2^53
   */
  *push(chunk: Uint8Array): Generator<SampleArray, void, undefined> {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + STAGING_BYTES - this.#filled);
      this.#bytes.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === STAGING_BYTES) yield this.flush();
    }
  }

  /** Returns the remaining whole samples and drops the bytes of an incomplete last one. */
  flush(): SampleArray {
    const count = Math.floor(this.#filled / BYTES_PER_SAMPLE[this.#type]);
    this.#filled = 0;
    if (this.#swap) swapBytes(this.#staging, count, BYTES_PER_SAMPLE[this.#type]);
    return this.#view(count);
  }

  #view(count: number): SampleArray {
    switch (this.#type) {
      case "uint8":
        return new Uint8Array(this.#staging, 0, count);
      case "int8":
        return new Int8Array(this.#staging, 0, count);
      case "uint16":
        return new Uint16Array(this.#staging, 0, count);
      case "int16":
        return new Int16Array(this.#staging, 0, count);
      case "uint32":
        return new Uint32Array(this.#staging, 0, count);
      case "int32":
        return new Int32Array(this.#staging, 0, count);
      case "float32":
        return new Float32Array(this.#staging, 0, count);
      case "float64":
        return new Float64Array(this.#staging, 0, count);
      case "int64":
      case "uint64":
        return this.#numbersFrom64Bits(count);
    }
  }

  #numbersFrom64Bits(count: number): Float64Array {
    const wide = this.#wide ?? new Float64Array(count);
    const low = new Uint32Array(this.#staging, 0, count * 2);
    const high = this.#type === "int64" ? new Int32Array(this.#staging, 0, count * 2) : low;
    const lowAt = IS_LITTLE_ENDIAN_HERE ? 0 : 1;
    for (let i = 0; i < count; i++) {
      const value = (high[2 * i + 1 - lowAt] as number) * 2 ** 32 + (low[2 * i + lowAt] as number);
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
        throw new InputError(
          this.#file,
          `it contains the 64-bit integer ${value.toPrecision(6)}, beyond 2^53, where integers are no longer exact`,
          "Renumber its labels and save the file again",
        );
      }
      wide[i] = value;
    }
    return wide.subarray(0, count);
  }
}

function swapBytes(buffer: ArrayBuffer, count: number, size: number): void {
  if (size === 2) {
    const units = new Uint16Array(buffer, 0, count);
    for (let i = 0; i < count; i++) {
      const v = units[i] as number;
      units[i] = (v << 8) | (v >>> 8);
    }
    return;
  }
  const units = new Uint32Array(buffer, 0, (count * size) / 4);
  for (let i = 0; i < units.length; i++) {
    const v = units[i] as number;
    units[i] = (v << 24) | ((v & 0xff00) << 8) | ((v >>> 8) & 0xff00) | (v >>> 24);
  }
  if (size === 4) return;
  for (let i = 0; i < units.length; i += 2) {
    const first = units[i] as number;
    units[i] = units[i + 1] as number;
    units[i + 1] = first;
  }
}
