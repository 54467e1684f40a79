/** Tests folds against numpy and what nnU-Net does with a file; scikit-learn is in the reference suite. */
import { describe, expect, it } from "vitest";
import type { CheckSplits } from "./check-file.ts";
import { checkSplits } from "./splits.ts";

/** Sorted. */
const namesOf = (count: number) => Array.from({ length: count }, (_, i) => `case_${`${i}`.padStart(4, "0")}`);
const THIRTEEN = Array.from({ length: 13 }, (_, i) => `case_${i}`);
const foldNames = ({ folds }: CheckSplits) => folds.map(({ name }) => name);
const foldOf = ({ folds }: CheckSplits, name: string) => folds.find((fold) => fold.name === name);
const fileOf = (...folds: readonly unknown[]) => JSON.stringify(folds);

describe("without splits_final.json", () => {
  it("sorts names by code point, so case_10 comes before case_2, and U+FF21 before U+1F600", () => {
    const splits = checkSplits(["😀", "case_2", "é", "Ａ", "case_10"], null);
    expect(foldOf(splits, "all")?.train).toEqual(["case_10", "case_2", "é", "Ａ", "😀"]);
    // The reference for 5 cases: [[0], [4], [3], [1], [2]].
    expect(splits.folds.slice(0, 5).map(({ val }) => val)).toEqual([
      ["case_10"],
      ["😀"],
      ["Ａ"],
      ["case_2"],
      ["é"],
    ]);
  });

  it("leaves only fold all below five cases, and nothing without any", () => {
    const four = checkSplits(["d", "c", "b", "a"], null);
    expect(four.from).toBe("none");
    expect(four.folds).toEqual([{ name: "all", train: ["a", "b", "c", "d"], val: ["a", "b", "c", "d"] }]);
    expect(four.refused).toBe(
      "nnU-Net stops when it splits 4 cases into five folds: add cases, write splits_final.json, or train fold all.",
    );
    expect(checkSplits(["a"], null).refused).toMatch(/splits 1 case into/);
    const empty = { from: "none", folds: [], refused: "There are no training cases to split." };
    expect(checkSplits([], null)).toEqual(empty);
    expect(checkSplits([], "[]")).toEqual(empty);
  });

  it("leaves out cases that nnU-Net takes for labels of others", () => {
    const splits = checkSplits([...namesOf(5), "case_0001_seg"], null);
    expect(splits.folds.slice(0, 5).map(({ val }) => val.length)).toEqual([1, 1, 1, 1, 1]);
    expect(foldOf(splits, "all")?.train).toEqual(namesOf(5));
    expect(checkSplits(["a", "b", "c", "d", "e_seg"], null).refused).toMatch(/splits 4 cases/);
  });
});

describe("folds that splits_final.json lacks", () => {
  it("are drawn as numpy draws them", () => {
    // numpy 2.4.6: RandomState(12345 + fold).choice(n, int(n * 0.8), replace=False) over np.sort(names).
    const splits = checkSplits(THIRTEEN, fileOf({ train: ["case_1"], val: ["case_2"] }));
    expect(splits).toMatchObject({ from: "splits_final.json", refused: null });
    expect(foldNames(splits)).toEqual(["0", "1", "2", "3", "4", "all"]);
    expect(foldOf(splits, "0")).toEqual({ name: "0", train: ["case_1"], val: ["case_2"] });
    const vals = splits.folds.slice(1, 5).map(({ val, drawn }) => [drawn, ...val]);
    expect(vals).toEqual([
      [true, "case_0", "case_12", "case_9"],
      [true, "case_10", "case_4", "case_5"],
      [true, "case_2", "case_8", "case_9"],
      [true, "case_12", "case_5", "case_8"],
    ]);
    for (const { train, val } of splits.folds.slice(1, 5)) {
      expect([...train, ...val].sort()).toEqual([...THIRTEEN].sort());
    }
  });

  it("are drawn from names sorted by code point", () => {
    const names = ["b", "a", "😀", "Ａ", "Z", "_1", "é"];
    const [one, two] = [
      { train: ["a"], val: ["b"] },
      { train: ["b"], val: ["a"] },
    ];
    const splits = checkSplits(names, fileOf(one, two, one));
    expect(foldOf(splits, "3")?.val).toEqual(["b", "Ａ"]);
    expect(foldOf(splits, "4")?.val).toEqual(["Z", "b"]);
    expect(foldOf(splits, "4")?.train).toEqual(["_1", "a", "é", "Ａ", "😀"]);
  });

  it("are all of them for an empty list, also with fewer than five cases", () => {
    const splits = checkSplits(["x", "y"], "[]");
    expect(splits).toMatchObject({ from: "splits_final.json", refused: null });
    expect(foldNames(splits)).toEqual(["0", "1", "2", "3", "4", "all"]);
    expect(foldOf(splits, "0")).toEqual({ name: "0", train: ["y"], val: ["x"], drawn: true });
    expect(foldOf(splits, "4")).toEqual({ name: "4", train: ["x"], val: ["y"], drawn: true });
  });

  it("cannot be drawn from one case", () => {
    expect(foldNames(checkSplits(["x"], fileOf({ train: ["x"], val: ["x"] })))).toEqual(["0", "all"]);
    expect(checkSplits(["x"], "[]").from).toBe("none");
  });
});

describe("splits_final.json", () => {
  const good = { train: ["a", "b"], val: ["c"] };
  const refusedOf = (...folds: readonly unknown[]) => checkSplits(["a", "b", "c"], fileOf(...folds)).refused;

  it("may repeat names, leave out cases, and train on validation cases", () => {
    const fold = { train: ["c", "a", "c"], val: ["a", "a"], note: "mine" };
    const splits = checkSplits(["a", "b", "c"], fileOf(fold, good, good, good, good, good));
    expect(splits.refused).toBeNull();
    expect(foldNames(splits)).toEqual(["0", "1", "2", "3", "4", "5", "all"]);
    expect(splits.folds[0]).toEqual({ name: "0", train: ["a", "c"], val: ["a"] });
    expect(splits.folds[5]).toEqual({ name: "5", train: ["a", "b"], val: ["c"] });
  });

  it("may name a case that nnU-Net takes for labels otherwise", () => {
    const splits = checkSplits(["a", "b_seg"], fileOf({ train: ["b_seg"], val: ["a"] }));
    expect(splits.folds[0]?.train).toEqual(["b_seg"]);
    expect(foldOf(splits, "all")?.train).toEqual(["a"]);
  });

  it("keeps the other folds where nnU-Net stops at one", () => {
    const splits = checkSplits(["a", "b", "c"], fileOf(good, { train: ["a"], val: ["z"] }, good, null, good));
    expect(splits.from).toBe("splits_final.json");
    expect(foldNames(splits)).toEqual(["0", "2", "4", "all"]);
    expect(splits.refused).toBe(
      'splits_final.json, fold 1: "z" in "val" is not a training case; nnU-Net does not check it, and stops when it reads the case.',
    );
  });

  it.each([
    [{ train: ["a"] }, '"val" is not a list of case names'],
    [{ train: "a", val: ["b"] }, '"train" is not a list'],
    [{ train: [1], val: ["b"] }, '"train" is not a list'],
    [{ train: ["a"], val: { b: 1 } }, '"val" is not a list'],
    [["a"], '"train" is not a list'],
    [null, '"train" is not a list'],
    ["train", '"train" is not a list'],
    [{ train: ["a"], val: [] }, '"val" is empty'],
    [{ train: [], val: ["a"] }, '"train" is empty'],
    [{ train: ["a.nii.gz"], val: ["a"] }, '"a.nii.gz" in "train" is not a training case'],
  ])("refuses the fold %j", (fold, sentence) => {
    expect(refusedOf(fold)).toContain(`splits_final.json, fold 0: ${sentence}`);
    expect(checkSplits(["a", "b", "c"], fileOf(fold, fold, fold, fold, fold)).from).toBe("none");
  });

  it.each([
    ["", "is not JSON"],
    ["[", "is not JSON"],
    ["\ufeff[]", "is not JSON"],
    ["null", "is not a list"],
    ["3", "is not a list"],
    ['"abc"', "is not a list"],
    ['{"0": {"train": ["a"], "val": ["b"]}}', "is not a list"],
  ])("refuses the text %j, but not fold all", (text, sentence) => {
    const splits = checkSplits(["a", "b", "c", "d", "e"], text);
    expect(splits.refused).toContain(`splits_final.json ${sentence}`);
    expect(splits.from).toBe("none");
    expect(foldNames(splits)).toEqual(["all"]);
  });
});
