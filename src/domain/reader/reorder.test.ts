/** Tests labels to which another reader adds the header's intercept. */
import { describe, expect, it } from "vitest";
import { FORWARD, type Grid } from "../geometry/grid.ts";
import type { PaletteVolume, Source } from "../volume/palette-volume.ts";
import { type Reordering, reorderSource } from "./reorder.ts";

const GRID: Grid = { shape: [1, 1, 3], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
const adding = (addend: number): Reordering => ({ axes: [0, 1, 2], backwards: FORWARD, addend });

function volumeOf(source: Source): PaletteVolume {
  if (source.kind !== "labels") throw new Error("Expected labels.");
  return source.volume;
}

describe("labels to which another reader adds the bare intercept", () => {
  const opened = (values: readonly number[]): Source => ({
    kind: "labels",
    volume: {
      grid: GRID,
      palette: Float64Array.from(values),
      indices: Uint8Array.of(0, 1, 2),
      counts: Float64Array.of(1, 1, 1),
      scaled: null,
    },
  });

  it("keep the stored numbers as if that reader had opened them, and drop them when converted back", () => {
    const byItk = volumeOf(reorderSource(opened([0, 1, 2]), adding(-1024)));
    expect([...byItk.palette]).toEqual([-1024, -1023, -1022]);
    expect(byItk.scaled).toEqual({ slope: 1, intercept: -1024, stored: [0, 1, 2], range: null });
    const back = volumeOf(reorderSource({ kind: "labels", volume: byItk }, adding(1024)));
    expect([...back.palette]).toEqual([0, 1, 2]);
    expect(back.scaled).toBeNull();
  });

  it("are rounded to float32, and equal the stored ones when converted back", () => {
    const [tenth, more] = [Math.fround(0.1), Math.fround(0.3)];
    const stored = [0, tenth, 1];
    const byItk = volumeOf(reorderSource(opened(stored), adding(more)));
    expect([...byItk.palette]).toEqual([more, Math.fround(tenth + more), Math.fround(1 + more)]);
    const back = volumeOf(reorderSource({ kind: "labels", volume: byItk }, adding(-more)));
    expect([...back.palette]).toEqual(stored);
  });
});
