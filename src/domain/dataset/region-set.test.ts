/** Tests the channels made from definitions, label values and masks. */
import { describe, expect, it } from "vitest";
import { definitionOf } from "../testing/definitions.ts";
import { regionSetFromDefinition, regionSetFromLabels, regionSetFromMasks } from "./region-set.ts";
import { regionTable } from "./region-table.ts";

const brief = (...args: Parameters<typeof definitionOf>) => {
  const set = regionSetFromDefinition(definitionOf(...args));
  return [
    set.trainsOn,
    ...set.regions.map((r) => `${r.name}=${r.labels.join("+")}>${r.classOrder}${r.ignore ? "!" : ""}`),
  ];
};

describe("regionSetFromDefinition", () => {
  it("makes a channel of each entry in key order, without background, ignore last", () => {
    expect(brief({ ignore: 4, background: 0, nothing: [0], a: [3, 1], b: 2 }, [1, 2])).toEqual([
      "regions",
      "a=3+1>1",
      "b=2>2",
      "ignore=4>null!",
    ]);
  });

  it("trains on labels, ascending, when no list is longer than 1", () => {
    expect(brief({ background: 0, b: [2], a: 1, again: 1, none: [], ignore: 3 }, [1, 2])).toEqual([
      "labels",
      "a=1>null",
      "b=2>null",
      "ignore=3>null!",
    ]);
  });

  it("gives a duplicate key its first place and its last value", () => {
    const twice = [
      ["background", 0],
      ["a", [1, 2]],
      ["b", 3],
      ["a", [1, 4]],
    ] as const;
    expect(brief(twice, [1, 3])).toEqual(["regions", "a=1+4>1", "b=3>3"]);
  });

  it("makes regions of what is usable in values that nnU-Net refuses", () => {
    expect(
      brief({ a: [[1, 2], 3], b: "4", c: ["x", 5, null], d: [], e: { f: 1 }, g: 1.5, ignore: [6, 7] }, [
        1,
        "4",
        2.5,
      ]),
    ).toEqual([
      "regions",
      "a=1+2+3>1",
      "b=4>null",
      "c=5>null",
      "d=>null",
      "e=>null",
      "g=1.5>null",
      "ignore=6+7>null!",
    ]);
    expect(brief({}, null)).toEqual(["labels"]);
    expect(brief({ background: 1, a: [2, 3] }, null)).toEqual(["regions", "background=1>null", "a=2+3>null"]);
  });

  it("treats a null ignore as no ignore label", () => {
    expect(brief({ background: 0, a: [1, 2], ignore: null }, [1])).toEqual(["regions", "a=1+2>1"]);
  });

  it("swaps names and numbers of a version 1 file", () => {
    expect(brief({ "0": "background", "2": "liver", "1": "spleen" })).toEqual([
      "labels",
      "spleen=1>null",
      "liver=2>null",
    ]);
  });
});

describe("region sets without a definition", () => {
  it("have one region for each value but 0 and -1", () => {
    const set = regionSetFromLabels(Float64Array.of(-1, 0, 3, 1605), new Map([[3, "liver"]]));
    expect(set.regions.map((r) => [r.name, ...r.labels])).toEqual([
      ["liver", 3],
      ["label 1605", 1605],
    ]);
  });

  it("have one region without labels for each mask", () => {
    const set = regionSetFromMasks(["a", "b"]);
    expect(set.fromMasks).toBe(true);
    expect(set.regions.map((r) => r.labels)).toEqual([[], []]);
  });
});

describe("regionTable", () => {
  it("treats -1 as 0 and finds large and fractional values", () => {
    const of = (...labels: number[]) => ({ name: "", labels, classOrder: null, ignore: false });
    const table = regionTable(Float64Array.of(-1, 0, 0.5, 614454277), [of(0, 614454277), of(-1), of(0.5)]);
    expect([...table.bits]).toEqual([0b001, 0b001, 0b100, 0b001]);
  });

  it("finds -1 where it is a label of the file that no region has", () => {
    const of = (...labels: number[]) => ({ name: "", labels, classOrder: null, ignore: false });
    const regions = [of(1), of(-1, 7)];
    const bits = (minusOneIsLabel: boolean) => [
      ...regionTable(Float64Array.of(-1, 0, 1, 7), regions, { minusOneIsLabel }).bits,
    ];
    expect(bits(true)).toEqual([0b10, 0, 0b01, 0b10]);
    expect(bits(false)).toEqual([0, 0, 0b01, 0b10]);
  });

  it("uses one word for every 32 channels", () => {
    const regions = Array.from({ length: 70 }, (_, i) => ({
      name: "",
      labels: [i],
      classOrder: null,
      ignore: false,
    }));
    const table = regionTable(Float64Array.of(0, 31, 32, 69), regions);
    expect([table.channels, table.words, table.paletteSize]).toEqual([70, 3, 4]);
    expect([...table.bits]).toEqual([1, 2 ** 31, 0, 0, 0, 0, 1, 0, 0, 0, 0, 32]);
  });
});
