/** Tests which entry of `labels` belongs to a region. */
import { describe, expect, test } from "vitest";
import { definitionOf } from "../testing/small-case.ts";
import { freeName, futureEntry, regionEntry } from "./label-entry-index.ts";

const entry = (name: string, value: unknown) => ({ name, value, text: JSON.stringify(value) });

describe("regionEntry", () => {
  test("counts background among the entries, but not in the class order", () => {
    const definition = definitionOf({ liver: [1, 2], background: 0, tumour: 2, ignore: 3 }, [1, 2]);
    expect(regionEntry(definition, "tumour")).toEqual({ index: 2, place: 2, orderPlace: 1, labels: [2] });
    expect(regionEntry(definition, "background")?.orderPlace).toBeNull();
    expect(regionEntry(definition, "ignore")).toEqual({ index: 3, place: 3, orderPlace: null, labels: [3] });
    expect(regionEntry(definition, "spleen")).toBeNull();
  });

  test("a repeated name has the last entry's labels in the first entry's place", () => {
    const definition = {
      ...definitionOf({}, [1, 2]),
      labels: [entry("background", 0), entry("a", [1, 2]), entry("b", 2), entry("a", [1, 1, 3])],
    };
    expect(regionEntry(definition, "a")).toEqual({ index: 3, place: 1, orderPlace: 0, labels: [1, 3] });
    expect(regionEntry(definition, "b")).toEqual({ index: 2, place: 2, orderPlace: 1, labels: [2] });
  });

  test("reads files of version 1", () => {
    const definition = definitionOf({ "0": "background", "1": "liver", "2": "tumour" }, null);
    expect(regionEntry(definition, "tumour")).toEqual({ index: 2, place: 2, orderPlace: 1, labels: [2] });
  });
});

test("without dataset.json, futureEntry gives the entry that the first edit would make", () => {
  const region = (name: string, label: number) => ({
    name,
    labels: [label],
    classOrder: null,
    ignore: false,
  });
  const regions = [region("odd", -3), region("half", 0.5), region("liver", 2), region("spleen", 7)];
  expect(futureEntry(regions, "spleen")).toEqual({ index: 2, place: 2, orderPlace: 1, labels: [7] });
  expect(futureEntry(regions, "half")).toBeNull();
});

test("freeName numbers a name that is taken", () => {
  expect(freeName(["a", "a 2"], "a")).toBe("a 3");
  expect(freeName([], "a")).toBe("a");
});
