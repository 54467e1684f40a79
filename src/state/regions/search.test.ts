/** Tests the search by name and label. */
import { expect, test } from "vitest";
import { bestMatch, searchRegions } from "./search.ts";

const ROWS = [
  { name: "digestive_tract", labels: "7, 9–11" },
  { name: "spleen_10", labels: "1" },
  { name: "spleen", labels: "2" },
  { name: "label 101", labels: "101" },
  { name: "debris", labels: "-2, 0.5" },
  { name: "empty", labels: "" },
];

const found = (text: string) => searchRegions(ROWS, text).map((row) => row.name);
const best = (text: string) => bestMatch(searchRegions(ROWS, text), text)?.name;

test("regions are found by name and by label, ranges included", () => {
  expect(found("10")).toEqual(["digestive_tract", "spleen_10", "label 101"]);
  expect(found("Spl")).toEqual(["spleen_10", "spleen"]);
  expect(found(" ")).toHaveLength(6);
  expect(found("8")).toEqual([]);
});

test.each(["label 10", "Label 10 ", "labels 10", "label10"])(
  "%o finds the regions that have label 10",
  (text) => {
    expect(found(text)).toContain("digestive_tract");
    expect(found(text)).not.toContain("spleen_10");
  },
);

test("labels below zero and between whole numbers are found", () => {
  expect([found("label -2"), found("0.5"), found("label 0")]).toEqual([["debris"], ["debris"], []]);
});

test("the best match has the name typed, else the label, else it is the first", () => {
  expect(best("spleen")).toBe("spleen");
  expect(best("spl")).toBe("spleen_10");
  expect(best("101")).toBe("label 101");
  expect(best("10")).toBe("digestive_tract");
  expect(
    bestMatch(
      [ROWS[1], ROWS[0]].flatMap((row) => row ?? []),
      "10",
    )?.name,
  ).toBe("digestive_tract");
  expect(best("kidney")).toBeUndefined();
});
