/** Tests which cases are too large for shares of patches. */
import { expect, test } from "vitest";
import { regionSetFromDefinition, regionSetFromMasks } from "../dataset/region-set.ts";
import { definitionOf, TO_WORLD } from "../testing/small-case.ts";
import type { PatchSharesInput } from "./patch-shares.ts";
import { tooMuchForShares } from "./shares-limits.ts";

const STRIDES = [1, 2, 2, 2, 2].map((by) => [by, by, by] as const);

/** A case of so many voxels per label, without the voxels. */
function caseOf(labels: Readonly<Record<string, unknown>>, counts: readonly number[]): PatchSharesInput {
  const voxels = counts.reduce((a, b) => a + b, 0);
  const volume = {
    grid: { shape: [1, 1, voxels] as const, toWorld: TO_WORLD },
    palette: Float64Array.from(counts.keys()),
    indices: new Uint8Array(0),
    counts: Float64Array.from(counts),
  };
  const set = regionSetFromDefinition(definitionOf(labels, null));
  return {
    source: { kind: "labels", volume },
    table: null,
    set,
    patchSize: [128, 128, 128],
    is2d: false,
    batchSize: 2,
    strides: STRIDES,
    mode: "nearest-exact",
  };
}

test("a class that needs too much memory is refused, and its size is said", () => {
  const labels = { background: 0, organ: 1, lesion: 2 };
  expect(tooMuchForShares(caseOf(labels, [900e6, 400e6, 1e6]))).toBeNull();
  const refused = tooMuchForShares(caseOf(labels, [0, 410e6, 1e6]));
  expect(refused).toMatch(/largest class needs 1\.53 GiB, and a page may take 1\.50 GiB\.$/);
});

test("with an ignore label, all that is annotated is one class", () => {
  const labels = { background: 0, organ: 1, ignore: 2 };
  expect(tooMuchForShares(caseOf(labels, [400e6, 1e6, 500e6]))).toBeNull();
  expect(tooMuchForShares(caseOf(labels, [402e6, 1e6, 0]))).toMatch(/GiB/);
});

test("many regions are refused in words", () => {
  const labels = (n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [i === 0 ? "background" : `l${i}`, i]));
  const counts = (n: number) => Array.from({ length: n }, () => 5000);
  expect(tooMuchForShares(caseOf(labels(300), counts(300)))).toBeNull();
  expect(tooMuchForShares(caseOf(labels(1500), counts(1500)))).toBe(
    "Shares of patches are left out: 1,499 regions at 4 scales of 8 million voxels would take minutes.",
  );
  // 73 overlapping regions of 512 x 512 x 300 voxels, and of twice as many.
  const overlapping = (voxels: number) =>
    caseOf(
      { background: 0, ...Object.fromEntries(Array.from({ length: 73 }, (_, i) => [`r${i}`, [1, i]])) },
      [voxels * 0.8, voxels * 0.2],
    );
  expect(tooMuchForShares(overlapping(79e6))).toBeNull();
  expect(tooMuchForShares(overlapping(157e6))).toMatch(/73 regions at 4 scales of 157 million voxels/);
});

test("a mask counts as full", () => {
  const input = caseOf({ background: 0 }, [1]);
  const masks = (voxels: number): PatchSharesInput => ({
    ...input,
    set: regionSetFromMasks(["a"]),
    source: {
      kind: "masks",
      stack: {
        grid: { shape: [1, 1, voxels], toWorld: TO_WORLD },
        names: ["a"],
        bitPlanes: [new Uint32Array(0)],
      },
    },
  });
  expect(tooMuchForShares(masks(400e6))).toBeNull();
  expect(tooMuchForShares(masks(500e6))).toMatch(/GiB/);
});
