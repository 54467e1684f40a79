/** Tests which region names form pairs of left and right. */
import { expect, it } from "vitest";
import { sidePairs } from "./side-pairs.ts";

const pairs = (...names: string[]) =>
  sidePairs(names).map(({ left, right }) => `${names[left]} | ${names[right]}`);

it.each([
  ["kidney_left", "kidney_right"],
  ["Left Kidney", "right kidney"],
  ["lung_lower_lobe_left", "lung_lower_lobe_right"],
  ["rib_left_7", "rib_right_7"],
  ["LeftKidney", "RightKidney"],
  ["kidneyL", "kidneyR"],
  ["LKidney", "RKidney"],
  ["hip_l", "hip_r"],
  ["L. hip", "R. hip"],
  ["KIDNEY_L", "KIDNEY_R"],
  ["rib L7", "rib R7"],
  ["ctx-lh-insula", "ctx-rh-insula"],
  ["Niere links", "Niere rechts"],
  ["linke Niere", "rechte Niere"],
  ["linker Lappen", "rechter Lappen"],
  ["left", "right"],
])("%s is the left one of %s", (left, right) => {
  expect(pairs(left, right)).toEqual([`${left} | ${right}`]);
  expect(pairs("body", right, left)).toEqual([`${left} | ${right}`]);
});

it.each([
  // The other side is missing or is another structure.
  ["kidney_left", "liver"],
  ["kidney_left", "lung_right"],
  ["rib_left_7", "rib_right_8"],
  // Vertebrae, rib numbers, single letters, and letters within longer parts.
  ["L1", "R1"],
  ["l", "r"],
  ["L5", "S1"],
  ["cleft", "cright"],
  ["lv", "rv"],
  ["left and right", "right and left"],
])("%s and %s are not a pair", (a, b) => {
  expect(pairs(a, b)).toEqual([]);
});

it("finds many pairs in one list, each once", () => {
  const names = Array.from({ length: 12 }, (_, i) => [`rib_left_${i}`, `rib_right_${i}`]).flat();
  expect(pairs(...names)).toHaveLength(12);
});
