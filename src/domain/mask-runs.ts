/** Masks as runs of set voxels along the last axis: what components, survival and sweeps work on instead of voxels. */
import { type Triple, voxelCount } from "./grid.ts";
import { type PaletteVolume, type Source, sourceGrid } from "./palette-volume.ts";
import type { RegionTable } from "./region-table.ts";

/** The set voxels of one channel. A row is one (z, y); rows and the runs within them are in C order, and no two runs touch. */
export interface MaskRuns {
  readonly shape: Triple;
  /** Runs of row r are `rowStart[r]` up to, not including, `rowStart[r + 1]`. */
  readonly rowStart: Int32Array;
  /** First x of each run. */
  readonly starts: Int32Array;
  /** One past the last x of each run. */
  readonly ends: Int32Array;
}

/** A label volume as runs of equal palette entries; they cover every row without gaps. */
interface PaletteRuns {
  readonly rowStart: Int32Array;
  readonly starts: Int32Array;
  readonly entries: Uint16Array;
}

/**
 * A reader of channels. What all channels of a label volume share, its runs of equal labels, is found once; a channel
 * then costs as much as there are runs, not voxels.
 * @throws Error for a label volume without its region table
 */
export function maskRunsOf(source: Source, table: RegionTable | null): (channel: number) => MaskRuns {
  const { shape } = sourceGrid(source);
  if (source.kind === "masks") {
    return (channel) => runsOfPlane(source.stack.planes[channel] ?? new Uint32Array(0), shape);
  }
  if (!table) throw new Error("a channel of a label volume needs the region table");
  const palette = paletteRuns(source.volume);
  return (channel) => runsOfRegion(palette, shape, memberOf(table, channel));
}

/** One byte per palette entry: whether it is in the channel. */
function memberOf(table: RegionTable, channel: number): Uint8Array {
  const from = (channel >>> 5) * table.paletteSize;
  return Uint8Array.from(
    { length: table.paletteSize },
    (_, p) => ((table.bits[from + p] ?? 0) >>> (channel & 31)) & 1,
  );
}

function paletteRuns({ grid, indices }: PaletteVolume): PaletteRuns {
  const { shape } = grid;
  const width = shape[2];
  const rows = shape[0] * shape[1];
  let total = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    let last = -1;
    for (let x = 0; x < width; x++, at++) {
      const entry = indices[at] ?? 0;
      if (entry !== last) total++;
      last = entry;
    }
  }
  const rowStart = new Int32Array(rows + 1);
  const starts = new Int32Array(total);
  const entries = new Uint16Array(total);
  let run = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    rowStart[row] = run;
    let last = -1;
    for (let x = 0; x < width; x++, at++) {
      const entry = indices[at] ?? 0;
      if (entry === last) continue;
      starts[run] = x;
      entries[run++] = entry;
      last = entry;
    }
  }
  rowStart[rows] = run;
  return { rowStart, starts, entries };
}

function runsOfRegion(palette: PaletteRuns, shape: Triple, member: Uint8Array): MaskRuns {
  const rows = shape[0] * shape[1];
  const width = shape[2];
  let total = 0;
  for (let row = 0; row < rows; row++) {
    let inside = 0;
    const to = palette.rowStart[row + 1] ?? 0;
    for (let i = palette.rowStart[row] ?? 0; i < to; i++) {
      const is = member[palette.entries[i] ?? 0] ?? 0;
      if (is > inside) total++;
      inside = is;
    }
  }
  const runs = emptyRuns(shape, total);
  let run = 0;
  for (let row = 0; row < rows; row++) {
    runs.rowStart[row] = run;
    let inside = 0;
    const to = palette.rowStart[row + 1] ?? 0;
    for (let i = palette.rowStart[row] ?? 0; i < to; i++) {
      const is = member[palette.entries[i] ?? 0] ?? 0;
      if (is > inside) runs.starts[run] = palette.starts[i] ?? 0;
      else if (is < inside) runs.ends[run++] = palette.starts[i] ?? 0;
      inside = is;
    }
    if (inside) runs.ends[run++] = width;
  }
  runs.rowStart[rows] = run;
  return runs;
}

function runsOfPlane(plane: Uint32Array, shape: Triple): MaskRuns {
  const rows = shape[0] * shape[1];
  const width = shape[2];
  const voxels = voxelCount(shape);
  let total = 0;
  eachRun(plane, voxels, width, () => total++);
  const runs = emptyRuns(shape, total);
  let run = 0;
  eachRun(plane, voxels, width, (row, start, end) => {
    runs.starts[run] = start;
    runs.ends[run++] = end;
    runs.rowStart[row + 1] = run;
  });
  // Rows without runs end where the row before them does.
  for (let row = 1; row <= rows; row++) {
    runs.rowStart[row] = Math.max(runs.rowStart[row] ?? 0, runs.rowStart[row - 1] ?? 0);
  }
  return runs;
}

/** Calls back for every run of set bits, cut at the ends of rows. */
function eachRun(
  plane: Uint32Array,
  voxels: number,
  width: number,
  call: (row: number, start: number, end: number) => void,
): void {
  let at = nextBit(plane, 0, voxels, 0);
  while (at < voxels) {
    const row = Math.floor(at / width);
    const end = nextBit(plane, at, Math.min(voxels, (row + 1) * width), 0xffffffff);
    call(row, at - row * width, end - row * width);
    at = nextBit(plane, end, voxels, 0);
  }
}

/** The first bit from `at` on that is set (`flip` 0) or clear (`flip` all ones); `limit` where there is none before it. */
function nextBit(plane: Uint32Array, at: number, limit: number, flip: number): number {
  let word = at >>> 5;
  let bits = (((plane[word] ?? 0) ^ flip) >>> (at & 31)) << (at & 31);
  while (bits === 0) {
    word++;
    if (word * 32 >= limit) return limit;
    bits = (plane[word] ?? 0) ^ flip;
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
