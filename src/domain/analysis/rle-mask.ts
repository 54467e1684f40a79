/**
 * Encodes masks as runs of set voxels along the last axis, for components, survival and shares of patches.
 */
import { lowerBound } from "../../base/lower-bound.ts";
import { entriesOfChannel, type RegionTable } from "../dataset/region-table.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { type PaletteVolume, type Source, sourceGrid } from "../volume/palette-volume.ts";

/**
 * The set voxels of one channel. A row is one (z, y); rows and their runs are in C order, and no two runs
 * touch.
 */
export interface MaskRuns {
  readonly shape: Triple;
  /** Runs of row r are `rowStart[r]` up to but excluding `rowStart[r + 1]`. */
  readonly rowStart: Int32Array;
  /** First x of each run. */
  readonly starts: Int32Array;
  /** One past the last x of each run. */
  readonly ends: Int32Array;
}

/** A label volume as runs of equal palette entries, which cover every row without gaps. */
export interface PaletteRuns {
  readonly rowStart: Int32Array;
  readonly starts: Int32Array;
  readonly entries: Uint16Array;
  /** Row of each run. */
  readonly rows: Int32Array;
  /**
   * Runs of each palette entry, in C order: entry p has `ofEntry[entryStart[p]]` up to but excluding
   * `ofEntry[entryStart[p + 1]]`.
   */
  readonly entryStart: Int32Array;
  readonly ofEntry: Int32Array;
}

/**
 * Returns a reader of channels. It finds the volume's runs of equal labels, which all channels share, once;
 * each channel then costs time proportional to its runs, not to the voxels.
 * @param known runs of the label volume, where they were needed before
 * @throws Error for a label volume without its region table
 */
export function maskRunsOf(
  source: Source,
  table: RegionTable | null,
  known: PaletteRuns | null = null,
): (channel: number) => MaskRuns {
  const { shape } = sourceGrid(source);
  if (source.kind === "masks") {
    return (channel) => runsOfBitPlane(source.stack.bitPlanes[channel] ?? new Uint32Array(0), shape);
  }
  if (!table) throw new Error("a channel of a label volume needs the region table");
  const palette = known ?? paletteRuns(source.volume);
  return (channel) => runsOfEntries(palette, shape, entriesOfChannel(table, channel));
}

/** Scans a word of voxels at a time, because most of a volume is long runs. */
export function paletteRuns({ grid, indices, palette }: PaletteVolume): PaletteRuns {
  const { shape } = grid;
  const width = shape[2];
  const rows = shape[0] * shape[1];
  const { words, perWord, repeated } = wordsOf(indices);
  const rowStart = new Int32Array(rows + 1);
  let starts = new Int32Array(4 * rows);
  let entries = new Uint16Array(4 * rows);
  let run = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    rowStart[row] = run;
    if (run + width > starts.length) {
      starts = grown(starts, new Int32Array(2 * starts.length + width));
      entries = grown(entries, new Uint16Array(starts.length));
    }
    const from = at;
    const end = at + width;
    while (at < end) {
      const entry = indices[at] ?? 0;
      starts[run] = at - from;
      entries[run++] = entry;
      const same = entry * repeated;
      at++;
      while (at < end && indices[at] === entry) {
        at++;
        if (at % perWord !== 0) continue;
        while (at + perWord <= end && words[at / perWord] === same) at += perWord;
      }
    }
  }
  rowStart[rows] = run;
  return {
    rowStart,
    starts: starts.slice(0, run),
    entries: entries.slice(0, run),
    ...byEntry(rowStart, entries.subarray(0, run), palette.length),
  };
}

interface Words {
  readonly words: Uint32Array;
  readonly perWord: number;
  /** Multiplier that fills a word with an entry. */
  readonly repeated: number;
}

/**
 * Whole words only: the caller scans the remainder voxel by voxel. Copies an array that does not start at a
 * word.
 */
function wordsOf(indices: Uint8Array | Uint16Array): Words {
  const perWord = 4 / indices.BYTES_PER_ELEMENT;
  const aligned = indices.byteOffset % 4 === 0 ? indices : indices.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.length / perWord));
  return { words, perWord, repeated: perWord === 4 ? 0x01010101 : 0x00010001 };
}

function grown<T extends Int32Array | Uint16Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

function byEntry(
  rowStart: Int32Array,
  entries: Uint16Array,
  paletteSize: number,
): Pick<PaletteRuns, "rows" | "entryStart" | "ofEntry"> {
  const rows = new Int32Array(entries.length);
  for (let row = 0; row + 1 < rowStart.length; row++) rows.fill(row, rowStart[row], rowStart[row + 1]);
  const entryStart = new Int32Array(paletteSize + 1);
  for (const entry of entries) entryStart[entry + 1] = (entryStart[entry + 1] ?? 0) + 1;
  for (let p = 1; p <= paletteSize; p++) entryStart[p] = (entryStart[p] ?? 0) + (entryStart[p - 1] ?? 0);
  const next = entryStart.slice();
  const ofEntry = new Int32Array(entries.length);
  for (let run = 0; run < entries.length; run++) {
    const entry = entries[run] ?? 0;
    const at = next[entry] ?? 0;
    ofEntry[at] = run;
    next[entry] = at + 1;
  }
  return { rows, entryStart, ofEntry };
}

/** Runs of the volume that belong to any of the entries, in C order. */
function membersOf({ entries: all, entryStart, ofEntry }: PaletteRuns, entries: Uint32Array): Int32Array {
  const lists = Array.from(entries, (p) => ofEntry.subarray(entryStart[p], entryStart[p + 1]));
  const [only] = lists;
  if (only && lists.length === 1) return only;
  const members = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
  // Sorting takes about this many times as long per run as looking at each run of the volume.
  if (members.length * 8 > all.length) {
    const isMember = new Uint8Array(entryStart.length);
    for (const entry of entries) isMember[entry] = 1;
    for (let run = 0, n = 0; n < members.length; run++) {
      if (isMember[all[run] ?? 0]) members[n++] = run;
    }
    return members;
  }
  let at = 0;
  for (const list of lists) {
    members.set(list, at);
    at += list.length;
  }
  return members.sort();
}

function runsOfEntries(palette: PaletteRuns, shape: Triple, entries: Uint32Array): MaskRuns {
  const members = membersOf(palette, entries);
  const { rows, starts } = palette;
  const width = shape[2];
  // Runs cover a row without gaps, so a run continues the previous one if both are members.
  let total = 0;
  for (let i = 0, before = -2; i < members.length; i++) {
    const run = members[i] as number;
    if (before + 1 !== run || rows[before] !== rows[run]) total++;
    before = run;
  }
  const found = emptyRuns(shape, total);
  let n = 0;
  let row = 0;
  for (let i = 0, before = -2; i < members.length; i++) {
    const run = members[i] as number;
    const own = rows[run] as number;
    if (before + 1 !== run || rows[before] !== own) {
      while (row < own) found.rowStart[++row] = n;
      found.starts[n++] = starts[run] as number;
    }
    found.ends[n - 1] = rows[run + 1] === own ? (starts[run + 1] ?? width) : width;
    before = run;
  }
  found.rowStart.fill(n, row + 1);
  return found;
}

function runsOfBitPlane(bitPlane: Uint32Array, shape: Triple): MaskRuns {
  const rows = shape[0] * shape[1];
  const width = shape[2];
  const voxels = voxelCount(shape);
  let total = 0;
  eachRun(bitPlane, voxels, width, () => total++);
  const runs = emptyRuns(shape, total);
  let run = 0;
  eachRun(bitPlane, voxels, width, (row, start, end) => {
    runs.starts[run] = start;
    runs.ends[run++] = end;
    runs.rowStart[row + 1] = run;
  });
  // Rows without runs end where the preceding row does.
  for (let row = 1; row <= rows; row++) {
    runs.rowStart[row] = Math.max(runs.rowStart[row] ?? 0, runs.rowStart[row - 1] ?? 0);
  }
  return runs;
}

/** Calls back for every run of set bits, split at the ends of rows. */
function eachRun(
  bitPlane: Uint32Array,
  voxels: number,
  width: number,
  call: (row: number, start: number, end: number) => void,
): void {
  let at = nextBit(bitPlane, 0, voxels, 0);
  while (at < voxels) {
    const row = Math.floor(at / width);
    const end = nextBit(bitPlane, at, Math.min(voxels, (row + 1) * width), 0xffffffff);
    call(row, at - row * width, end - row * width);
    at = nextBit(bitPlane, end, voxels, 0);
  }
}

/**
 * The first bit from `at` that is set (`flip` 0) or clear (`flip` all ones); `limit` if none comes before it.
 */
function nextBit(bitPlane: Uint32Array, at: number, limit: number, flip: number): number {
  let word = at >>> 5;
  let bits = (((bitPlane[word] ?? 0) ^ flip) >>> (at & 31)) << (at & 31);
  while (bits === 0) {
    word++;
    if (word * 32 >= limit) return limit;
    bits = (bitPlane[word] ?? 0) ^ flip;
  }
  return Math.min(limit, word * 32 + 31 - Math.clz32(bits & -bits));
}

function emptyRuns(shape: Triple, runs: number): MaskRuns {
  return {
    shape,
    rowStart: new Int32Array(shape[0] * shape[1] + 1),
    starts: new Int32Array(runs),
    ends: new Int32Array(runs),
  };
}

/** The first row with runs and one past the last: a region usually occupies few of the volume's rows. */
export function rowsWithRuns({ rowStart }: Pick<MaskRuns, "rowStart">): readonly [number, number] {
  const rows = rowStart.length - 1;
  const total = rowStart[rows] ?? 0;
  if (total === 0) return [0, 0];
  return [lowerBound(rowStart, 1) - 1, lowerBound(rowStart, total)];
}
