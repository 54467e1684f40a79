/** Tests what a side of a comparison holds at a voxel. */
import { expect, test } from "vitest";
import { regionTable } from "../dataset/region-table.ts";
import { placedTargets } from "../targets/placed-targets.ts";
import { stackOf, volumeOf } from "../testing/small-case.ts";
import { heldAt } from "./held-at.ts";

const SHAPE = [1, 1, 4] as const;
const STRIDES = [
  [1, 1, 1],
  [1, 1, 2],
  [1, 1, 2],
] as const;

test("labels: the label and every channel it is in, at the voxel that a scale has there", () => {
  const volume = volumeOf(SHAPE, [0, 5, 7, 9]);
  // The last channel is in the second word.
  const regions = Array.from({ length: 34 }, (_, c) => ({
    name: `${c}`,
    labels: c === 0 ? [5, 7] : c === 33 ? [7] : [],
    classOrder: null,
    ignore: false,
  }));
  const targets = placedTargets(SHAPE, null, STRIDES, "nearest-exact", "default");
  const source = { kind: "labels", volume } as const;
  const side = { source, table: regionTable(volume.palette, regions), targets, scale: 0 };
  const at = (x: number) => heldAt(side, regions.length, [0, 0, x]);
  expect([0, 1, 2, 3].map(at)).toEqual([
    { label: 0, channels: [] },
    { label: 5, channels: [0] },
    { label: 7, channels: [0, 33] },
    { label: 9, channels: [] },
  ]);
  // Scale 1 reads voxels 1 and 3.
  expect(heldAt({ ...side, scale: 1 }, 34, [0, 0, 2])).toEqual({ label: 9, channels: [] });
  // Pooling looks at voxels 2 and 3 of it.
  expect(heldAt({ ...side, scale: 1 }, 34, [0, 0, 2], "any")).toEqual({ label: null, channels: [0, 33] });
  const patch = { origin: [0, 0, 2], size: [1, 1, 2] } as const;
  const placed = placedTargets(SHAPE, patch, STRIDES, "nearest-exact", "default");
  expect(heldAt({ ...side, targets: placed }, 34, [0, 0, 1])).toBeNull();
});

test("masks: every mask at the voxel, and no label", () => {
  const stack = stackOf(SHAPE, { organ: [1, 1, 0, 0], core: [0, 1, 0, 0] });
  const targets = placedTargets(SHAPE, null, [[1, 1, 1]], "nearest-exact", "default");
  const side = { source: { kind: "masks", stack } as const, table: null, targets, scale: 0 };
  expect(heldAt(side, 2, [0, 0, 1])).toEqual({ label: null, channels: [0, 1] });
  expect(heldAt(side, 2, [0, 0, 3])).toEqual({ label: null, channels: [] });
});
