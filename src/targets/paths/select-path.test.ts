/** Which path is selected, and the reason given, with and without a measured sweep. */
import { describe, expect, test } from "vitest";
import { crossingsOf, SWEEP_CHANNELS, type SweepPoint } from "../../benchmark/sweep.ts";
import type { Grid } from "../../domain/geometry/grid.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { selectPath } from "./select-path.ts";

const grid: Grid = { shape: [4, 5, 6], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };

function labels(count: number): Source {
  const values = Uint16Array.from({ length: 120 }, (_, i) => i % count);
  const volume = volumeFromLabels(grid, values);
  const { indices } = volume;
  return { kind: "labels", volume: count > 100 ? { ...volume, indices: Uint16Array.from(indices) } : volume };
}

function masks(count: number): Source {
  const bitPlanes = Array.from({ length: count }, () => new Uint32Array(4));
  return { kind: "masks", stack: { grid, bitPlanes, names: bitPlanes.map((_, i) => `mask ${i}`) } };
}

/** Makes a whole sweep in which the packed path takes `packed(C)` and per-channel C milliseconds. */
function sweepOf(packed: (channels: number) => number): SweepPoint[] {
  return SWEEP_CHANNELS.map((channels) => {
    const ms = { "per-channel": channels, "bit-packed": packed(channels), "label-first": packed(channels) };
    return { channels, loaderMs: ms, totalMs: ms, mismatches: 0 };
  });
}

describe("without a measurement, auto chooses a packed path", () => {
  test.each([1, 2, 40])("a label volume with %i channels", (channels) => {
    expect(selectPath(labels(5), channels).path).toBe("label-first");
    expect(selectPath(labels(110), channels).path).toBe("label-first");
  });
  test.each([1, 2, 33])("%i masks", (channels) => {
    expect(selectPath(masks(channels), channels).path).toBe(channels > 1 ? "bit-packed" : "per-channel");
  });
});

describe("with a measurement, auto takes the path that is ahead at that number of channels", () => {
  test.each([2, 7.5, 20])("where the packed paths take as long as %d channels", (ms) => {
    const crossings = crossingsOf(sweepOf(() => ms));
    for (const channels of SWEEP_CHANNELS) {
      const isAhead = channels > ms;
      expect(selectPath(labels(5), channels, crossings).path).toBe(isAhead ? "label-first" : "per-channel");
      expect(selectPath(masks(channels), channels, crossings).path).toBe(
        isAhead ? "bit-packed" : "per-channel",
      );
    }
  });
  test("if a packed path is ahead from one channel on", () => {
    const crossings = crossingsOf(sweepOf((channels) => channels / 2));
    expect(selectPath(labels(5), 1, crossings).path).toBe("label-first");
  });
  test("if no packed path is ever ahead", () => {
    const crossings = crossingsOf(sweepOf((channels) => channels * 2));
    const { path, reason } = selectPath(labels(5), 96, crossings);
    expect(path).toBe("per-channel");
    expect(reason).toMatch(/at no number of channels/);
  });
  test("but ignores a cancelled sweep and one with mismatches", () => {
    expect(crossingsOf(sweepOf(() => 5).slice(1))).toBeNull();
    expect(crossingsOf(sweepOf(() => 5).map((p) => ({ ...p, mismatches: 1 })))).toBeNull();
  });
});
