/** Builds palette volumes from streamed values. */
import { InputError, NotLabelsError } from "../../base/errors.ts";
import { asRead } from "./float32.ts";

/** Maximum number of distinct values in a palette volume: its indices have at most 16 bits. */
export const MAX_PALETTE = 65_536;

export interface BuiltPalette {
  /** Distinct values, ascending, converted by `asRead`. */
  readonly palette: Float64Array;
  /** Palette index of each value, in insertion order. */
  readonly indices: Uint8Array | Uint16Array;
  /** Number of values per palette entry. */
  readonly counts: Float64Array;
  /** The scaling that changed the stored values; null if they are unchanged. */
  readonly scaled: ScaledValues | null;
}

/** A linear map of stored values, like NIfTI's `scl_slope` and `scl_inter`. */
export interface Scaling {
  readonly slope: number;
  readonly intercept: number;
}

/** A header's scaling and the numbers it was applied to. */
export interface ScaledValues extends Scaling {
  /** Distinct stored numbers, ascending. */
  readonly stored: readonly number[];
  /** Lowest and highest number of the stored type, for integers of 8 or 16 bits; otherwise null. */
  readonly range: readonly [number, number] | null;
}

type SmallIntegers = Uint8Array | Int8Array | Uint16Array | Int16Array;

// The table covers all 8- and 16-bit integers, signed and unsigned, in one range, so that mixed types agree.
const TABLE_FROM = -32_768;
const TABLE_TO = 65_535;

/**
 * Converts a stream of label values to palette indices, chunk by chunk.
 *
 * Stores one byte per voxel, two beyond 256 distinct values; never the values themselves.
 */
export class PaletteBuilder {
  readonly #voxels: number;
  readonly #file: string;
  #indices: Uint8Array | Uint16Array;
  #filled = 0;
  #nonFinite = 0;
  #range: ScaledValues["range"] = null;
  readonly #values: number[] = [];
  readonly #counts = new Uint32Array(MAX_PALETTE);
  /** 1 + palette index of each small integer; 0 if not seen yet. */
  readonly #table = new Uint32Array(TABLE_TO - TABLE_FROM + 1);
  readonly #others = new Map<number, number>();

  /**
   * @param voxels total number of values to be added
   * @param file name for errors
   * @param indices memory for the result, one byte per value, at the start of its buffer; what it holds does
   * not matter
   */
  constructor(voxels: number, file = "labels", indices = new Uint8Array(voxels)) {
    this.#voxels = voxels;
    this.#file = file;
    this.#indices = indices;
  }

  /**
   * Adds the next values; may be called any number of times.
   * @throws NotLabelsError at the 65,537th distinct value
   */
  add(values: ArrayLike<number>): void {
    if (this.#filled + values.length > this.#voxels) {
      throw new RangeError(`PaletteBuilder was given more than ${this.#voxels} values.`);
    }
    if (
      values instanceof Uint8Array ||
      values instanceof Uint16Array ||
      values instanceof Int16Array ||
      values instanceof Int8Array
    ) {
      this.#range = rangeOf(values);
      this.#addSmall(values);
    } else {
      this.#addAny(values);
    }
    this.#filled += values.length;
  }

  /**
   * Sorts the palette and returns everything; the builder cannot be used afterwards.
   *
   * @param scaling applied to the palette, not to the voxels: exact, and as fast as no scaling
   * @throws NotLabelsError with the number of voxels that are not finite
   */
  finish(scaling: Scaling | null = null): BuiltPalette {
    if (this.#filled !== this.#voxels) {
      throw new RangeError(`PaletteBuilder was given ${this.#filled} of ${this.#voxels} values.`);
    }
    if (this.#nonFinite > 0) {
      const voxels =
        this.#nonFinite === 1 ? "1 voxel is not a number" : `${this.#nonFinite} voxels are not numbers`;
      throw new NotLabelsError(
        this.#file,
        `${voxels} (NaN or infinite) and cannot be ${this.#nonFinite === 1 ? "a label" : "labels"}`,
        "Replace these values, for example with 0 for background, and save the file again",
      );
    }
    const values = this.#values.map((value) =>
      asRead(scaling ? value * scaling.slope + scaling.intercept : value),
    );
    if (!values.every(Number.isFinite)) {
      throw new InputError(
        this.#file,
        "its scaling (scl_slope, scl_inter) makes values infinite",
        "Correct the two header fields and save the file again",
      );
    }
    const scaled = scaling && {
      slope: scaling.slope,
      intercept: scaling.intercept,
      stored: this.#values.toSorted((a, b) => a - b),
      range: this.#range,
    };
    const { palette, indices, counts } = sorted(values, this.#counts, this.#indices);
    return { palette, indices, counts, scaled };
  }

  #addSmall(values: SmallIntegers): void {
    const done = this.#addFours(values);
    const table = this.#table;
    const counts = this.#counts;
    let indices = this.#indices;
    let at = this.#filled + done;
    for (let i = done; i < values.length; i++) {
      const value = values[i] as number;
      let entry = table[value - TABLE_FROM] as number;
      if (entry === 0) {
        entry = this.#newSmall(value);
        indices = this.#indices;
      }
      indices[at++] = entry - 1;
      counts[entry - 1] = (counts[entry - 1] as number) + 1;
    }
  }

  /**
   * Labels repeat: four values equal to the previous four have the same four indices, which takes one
   * comparison.
   * @returns how many leading values were added; the caller adds the rest
   */
  #addFours(values: SmallIntegers): number {
    const at = this.#filled;
    const bytes = this.#indices;
    if (!(bytes instanceof Uint8Array) || at % 4 !== 0 || values.byteOffset % 4 !== 0) return 0;
    const fours = values.length >> 2;
    const size = values.BYTES_PER_ELEMENT;
    const words = new Uint32Array(values.buffer, values.byteOffset, fours * size);
    const out = new Uint32Array(bytes.buffer, at, fours);
    const table = this.#table;
    const second = size - 1;
    let low = 0;
    let high = 0;
    let four = 0;
    let repeats = 0;
    for (let k = 0; k < fours; k++) {
      const nextLow = words[size * k] as number;
      const nextHigh = words[size * k + second] as number;
      if (k > 0 && nextLow === low && nextHigh === high) {
        out[k] = four;
        repeats++;
        continue;
      }
      for (let i = 4 * k; i < 4 * k + 4; i++) {
        const value = values[i] as number;
        const entry = (table[value - TABLE_FROM] as number) || this.#newSmall(value);
        // The indices have outgrown bytes, so the caller restarts with these four.
        if (this.#indices !== bytes) {
          this.#count(four, repeats);
          return 4 * k;
        }
        bytes[at + i] = entry - 1;
      }
      this.#count(four, repeats);
      four = out[k] as number;
      low = nextLow;
      high = nextHigh;
      repeats = 1;
    }
    this.#count(four, repeats);
    return 4 * fours;
  }

  /** Counts four indices, packed into one number, that occurred `times` times. */
  #count(four: number, times: number): void {
    const counts = this.#counts;
    for (let shift = 0; shift < 32; shift += 8) {
      const index = (four >>> shift) & 255;
      counts[index] = (counts[index] as number) + times;
    }
  }

  #addAny(values: ArrayLike<number>): void {
    const counts = this.#counts;
    let indices = this.#indices;
    let at = this.#filled;
    // Labels repeat, so the previous value is the best guess.
    let last = Number.NaN;
    let index = 0;
    let repeats = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (value !== last) {
        counts[index] = (counts[index] as number) + repeats;
        repeats = 0;
        last = value;
        if (!Number.isFinite(value)) {
          this.#nonFinite++;
          last = Number.NaN;
          at++;
          continue;
        }
        index = this.#indexOf(value);
        indices = this.#indices;
      }
      indices[at++] = index;
      repeats++;
    }
    counts[index] = (counts[index] as number) + repeats;
  }

  /** @returns the new table entry, which is one more than the palette index */
  #newSmall(value: number): number {
    const entry = this.#newEntry(value) + 1;
    this.#table[value - TABLE_FROM] = entry;
    return entry;
  }

  #indexOf(value: number): number {
    if (Number.isInteger(value) && value >= TABLE_FROM && value <= TABLE_TO) {
      const entry = this.#table[value - TABLE_FROM] as number;
      if (entry !== 0) return entry - 1;
      const index = this.#newEntry(value);
      this.#table[value - TABLE_FROM] = index + 1;
      return index;
    }
    const known = this.#others.get(value);
    if (known !== undefined) return known;
    const index = this.#newEntry(value);
    this.#others.set(value, index);
    return index;
  }

  #newEntry(value: number): number {
    const index = this.#values.length;
    if (index === MAX_PALETTE) {
      throw new NotLabelsError(
        this.#file,
        "it has more than 65,536 distinct values, so it looks like an image, not labels",
        "Open the label volume that belongs to it",
      );
    }
    if (index === 256) this.#indices = Uint16Array.from(this.#indices);
    this.#values.push(value);
    return index;
  }
}

function rangeOf(values: SmallIntegers): [number, number] {
  const highest = 2 ** (8 * values.BYTES_PER_ELEMENT);
  const isSigned = values instanceof Int8Array || values instanceof Int16Array;
  return isSigned ? [-highest / 2, highest / 2 - 1] : [0, highest - 1];
}

function sorted(
  values: readonly number[],
  counts: Uint32Array,
  indices: Uint8Array | Uint16Array,
): Omit<BuiltPalette, "scaled"> {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const remap = new Uint16Array(values.length);
  const palette: number[] = [];
  const voxels: number[] = [];
  for (const from of order) {
    const value = values[from] as number;
    // Scaling and float32 can round two stored values to the same one.
    if (palette.length === 0 || palette[palette.length - 1] !== value) {
      palette.push(value);
      voxels.push(0);
    }
    const to = palette.length - 1;
    voxels[to] = (voxels[to] as number) + (counts[from] as number);
    remap[from] = to;
  }
  if (remap.some((to, from) => to !== from)) renumber(indices, remap);
  return { palette: Float64Array.from(palette), indices, counts: Float64Array.from(voxels) };
}

/** Works in place; like {@link PaletteBuilder}, four at a time if they repeat. */
function renumber(indices: Uint8Array | Uint16Array, remap: Uint16Array): void {
  const fours = indices instanceof Uint8Array ? indices.length >> 2 : 0;
  const words = new Uint32Array(indices.buffer, 0, fours);
  let before = 0;
  let after = 0;
  for (let k = 0; k < fours; k++) {
    const four = words[k] as number;
    if (k > 0 && four === before) {
      words[k] = after;
      continue;
    }
    before = four;
    for (let i = 4 * k; i < 4 * k + 4; i++) indices[i] = remap[indices[i] as number] as number;
    after = words[k] as number;
  }
  for (let i = 4 * fours; i < indices.length; i++) indices[i] = remap[indices[i] as number] as number;
}
