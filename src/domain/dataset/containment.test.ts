/** Tests the order of regions by containment. */
import { expect, test } from "vitest";
import { containmentOrder } from "./containment.ts";
import { labelRelations } from "./relations.ts";

test("containmentOrder puts twins and then children under the smallest region that contains them", () => {
  const regions = [[1], [5], [1, 2, 3], [1, 2], [5], [9], [1, 2, 3, 4], [3], []].map((labels, i) => ({
    name: `r${i}`,
    labels,
    classOrder: null,
    ignore: false,
  }));
  expect(containmentOrder(labelRelations(regions))).toEqual([1, 4, 5, 6, 2, 3, 0, 7, 8]);
});
