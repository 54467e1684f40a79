/** Finds which sets of masks occur in which voxels: the labels that a lossless label map needs. */
import { popcount } from "../../base/popcount.ts";
import { bitsWithin } from "./mask-overlap.ts";

/** A set of masks whose voxels are in exactly these masks. */
export interface Combination {
  /** Indices of masks, ascending. */
  readonly masks: readonly number[];
  readonly voxels: number;
}

export interface FoundCombinations {
  /** In order of first appearance; excludes the empty combination. */
  readonly combinations: readonly Combination[];
  /** For each voxel, in the given order: 0 for no mask, otherwise 1 + index of its combination. */
  readonly indices: Uint8Array | Uint16Array;
}

/** The highest label: nnU-Net stores labels as int16. */
export const MAX_LABELS = 32_767;

/** Thrown when a label map would need more labels than nnU-Net can store. */
export class TooManyCombinations extends Error {
  override readonly name: string = "TooManyCombinations";

  constructor() {
    super(
      "These masks overlap in so many ways that a label map would need more than 32,767 labels, the limit of the int16 in which nnU-Net " +
        "stores labels. Open fewer of them together.",
    );
  }
}

/**
 * Takes the bits of all masks in parts and stores one byte per voxel, two beyond 255 combinations; never the
 * masks.
 *
 * A combination is a node of a tree, reached from the root by one step for each mask that contains the voxel.
 * In a word of 32 voxels only masks with a bit in it are examined, and voxels at the same node move
 * together.
 */
export class CombinationFinder {
  readonly #masks: number;
  readonly #voxels: number;
  #indices: Uint8Array | Uint16Array;
  #words = 0;
  /** Child of node `node` for mask `mask` is `#next.get(node * masks + mask)`; the root is 0. */
  readonly #next = new Map<number, number>();
  /** By node: its parent, and the mask that leads to it. */
  readonly #before: number[] = [0];
  readonly #lastMask: number[] = [-1];
  /** By node: 1 + index of its combination; 0 if no voxel ends there. */
  readonly #entries: number[] = [0];
  readonly #nodes: number[] = [];
  readonly #counts: number[] = [];
  /** The groups of one word: their voxels, and the node that each has reached. */
  readonly #groupBits = new Int32Array(33);
  readonly #groupNodes = new Int32Array(33);

  constructor(masks: number, voxels: number) {
    this.#masks = masks;
    this.#voxels = voxels;
    this.#indices = new Uint8Array(voxels);
  }

  /**
   * Adds the next words of every mask, equally many of each.
   * @throws TooManyCombinations at the 32,768th
   */
  add(planes: readonly Uint32Array[]): void {
    const length = planes[0]?.length ?? 0;
    const used = planes.map((plane, mask) => ({ plane, mask })).filter(({ plane }) => hasBits(plane));
    for (let w = 0; w < length; w++) {
      const within = bitsWithin(this.#words + w, this.#voxels);
      let groups = 0;
      for (const { plane, mask } of used) {
        const held = (plane[w] as number) & within;
        if (held !== 0) groups = this.#divide(groups, held, within, mask);
      }
      if (groups > 0) this.#record(groups, (this.#words + w) * 32);
    }
    this.#words += length;
  }

  /** Returns the result; the finder cannot be used afterwards. */
  finish(): FoundCombinations {
    const combinations = this.#nodes.map((node, i) => ({
      masks: this.#masksOf(node),
      voxels: this.#counts[i] ?? 0,
    }));
    return { combinations, indices: this.#indices };
  }

  /** Moves the voxels of a word that a mask contains one step on; splits groups that it contains in part. */
  #divide(groups: number, held: number, within: number, mask: number): number {
    const bits = this.#groupBits;
    const nodes = this.#groupNodes;
    let count = groups;
    if (count === 0) {
      bits[0] = within;
      nodes[0] = 0;
      count = 1;
    }
    for (let g = count - 1; g >= 0; g--) {
      const both = (bits[g] as number) & held;
      if (both === 0) continue;
      const node = nodes[g] as number;
      const rest = (bits[g] as number) & ~held;
      const next = this.#step(node, mask);
      if (rest === 0) nodes[g] = next;
      else {
        bits[g] = rest;
        bits[count] = both;
        nodes[count] = next;
        count++;
      }
    }
    return count;
  }

  #step(node: number, mask: number): number {
    const key = node * this.#masks + mask;
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    const made = this.#before.length;
    this.#next.set(key, made);
    this.#before.push(node);
    this.#lastMask.push(mask);
    this.#entries.push(0);
    return made;
  }

  #record(groups: number, firstVoxel: number): void {
    for (let g = 0; g < groups; g++) {
      const node = this.#groupNodes[g] as number;
      if (node === 0) continue;
      let bits = this.#groupBits[g] as number;
      const entry = this.#entries[node] || this.#newEntry(node);
      this.#counts[entry - 1] = (this.#counts[entry - 1] as number) + popcount(bits);
      const indices = this.#indices;
      if (bits === -1) {
        indices.fill(entry, firstVoxel, firstVoxel + 32);
        continue;
      }
      for (; bits !== 0; bits &= bits - 1) indices[firstVoxel + 31 - Math.clz32(bits & -bits)] = entry;
    }
  }

  #newEntry(node: number): number {
    const entry = this.#nodes.length + 1;
    if (entry > MAX_LABELS) throw new TooManyCombinations();
    if (entry === 256) this.#indices = Uint16Array.from(this.#indices);
    this.#nodes.push(node);
    this.#counts.push(0);
    this.#entries[node] = entry;
    return entry;
  }

  #masksOf(node: number): number[] {
    const masks: number[] = [];
    for (let at = node; at !== 0; at = this.#before[at] ?? 0) masks.push(this.#lastMask[at] ?? 0);
    return masks.reverse();
  }
}

function hasBits(plane: Uint32Array): boolean {
  for (const word of plane) if (word !== 0) return true;
  return false;
}
