/** Tests the order of the regions of a voxel. */
import { expect, test } from "vitest";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { heldRegions, scalesText } from "./held-regions.ts";

const rows = ["a", "b", "c", "d"].map((name, channel) => ({ name, channel }) as RegionRow);
const at = (words: number) => ({ scaleVoxel: [0, 0, 0], sourceVoxel: [0, 0, 0], words: [words] }) as const;
const names = (probe: Parameters<typeof heldRegions>[1], shown: number) =>
  heldRegions(rows, probe, shown).map(({ row }) => row.name);

test("regions at the shown scale come first, those only at other scales after them", () => {
  // a and c only at scale 1, b at both, d at neither.
  const probe = { words: [0b0010], scales: [at(0b0010), at(0b0111)] };
  expect(names(probe, 0)).toEqual(["b", "a", "c"]);
  expect(names(probe, 1)).toEqual(["a", "b", "c"]);
});

test("where no scale has the voxel, full size decides", () => {
  expect(names({ words: [0b1000], scales: [null, null] }, 1)).toEqual(["d"]);
});

test("words for scales name the smaller part", () => {
  expect(scalesText([true, true, false])).toBe("not at scale 2");
  expect(scalesText([false, true, false])).toBe("only at scale 1");
  expect(scalesText([true, true])).toBe("at every scale");
  expect(scalesText([false])).toBe("at no scale");
});
