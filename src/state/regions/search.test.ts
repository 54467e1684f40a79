/** Tests the search by name and label. */
import { expect, test } from "vitest";
import { searchRegions } from "./search.ts";

test("regions are found by name and by label, ranges included", () => {
  const rows = [
    { name: "digestive_tract", labels: "7, 9–11" },
    { name: "spleen", labels: "1" },
    { name: "disc_10", labels: "3" },
  ];
  const found = (text: string) => searchRegions(rows, text).map((row) => row.name);
  expect(found("10")).toEqual(["digestive_tract", "disc_10"]);
  expect(found("Spl")).toEqual(["spleen"]);
  expect(found(" ")).toHaveLength(3);
  expect(found("8")).toEqual([]);
});
