/** Tests of the sentences, order and layout of the relations. */
import { expect, test } from "vitest";
import { labelRelations } from "../../domain/dataset/relations.ts";
import { isNamed, matrixLayout } from "./matrix-layout.ts";
import { relatedTo, uncovered } from "./related.ts";
import { differenceText, formatDice, relationSentence } from "./text.ts";

const regions = [[1, 2, 3], [1, 2], [3, 4], [2, 1], [9], []].map((labels, i) => ({
  name: `r${i}`,
  labels,
  classOrder: null,
  ignore: false,
}));
const relations = labelRelations(regions);
const sentenceFor = (a: number, b: number) => relationSentence(relations, a, b, { a: `r${a}`, b: `r${b}` });

test.each([
  [0, 0, "r0 has 3 labels"],
  [0, 1, "r0 contains r1: 2 of 3 labels shared, Dice 0.80"],
  [1, 0, "r1 is inside r0: 2 of 3 labels shared, Dice 0.80"],
  [0, 2, "r0 overlaps r2: 1 of 3 and of 2 labels shared, Dice 0.40"],
  [1, 3, "r1 and r3 have the same 2 labels"],
  [1, 4, "r1 (2 labels) and r4 (1 label) share no label"],
  [1, 5, "r1 (2 labels) and r5 (0 labels) share no label"],
])("%i and %i: %s", (a, b, sentence) => {
  expect(sentenceFor(a, b)).toBe(sentence);
});

test("a Dice coefficient reads 0 or 1 only if it is exactly that", () => {
  expect([0, 0.001, 0.524, 0.9999, 1, null].map(formatDice)).toEqual([
    "0",
    "< 0.01",
    "0.52",
    "> 0.99",
    "1",
    "undefined",
  ]);
});

test("the labels in which two regions differ are listed", () => {
  expect(differenceText({ both: [15, 16], onlyA: [14, 17], onlyB: [] }, { a: "skeleton", b: "spine" })).toBe(
    "in both: 15, 16 · only in skeleton: 14, 17",
  );
});

test("a row is listed by kind of relation, from the most similar region to the least", () => {
  expect(relatedTo(relations, 0).map(({ channel, relation }) => [channel, relation])).toEqual([
    [1, "contains"],
    [3, "contains"],
    [2, "overlaps"],
  ]);
  expect(uncovered(regions, 0, [{ channel: 1 }, { channel: 3 }])).toEqual([3]);
});

test("the matrix fits its area, or leaves room for every name, or names every n-th row", () => {
  const size = { width: 900, height: 700, devicePixelRatio: 1 };
  const names = (count: number) => Array.from({ length: count }, () => "vertebra");
  expect(matrixLayout(names(5), size, "named")).toMatchObject({ cellPx: 36, every: 1 });
  expect(matrixLayout(names(73), size, "named")).toMatchObject({ cellPx: 14, every: 1 });
  expect(matrixLayout(names(73), size, "whole")).toMatchObject({ cellPx: 8, every: 2 });
  expect(matrixLayout(names(300), size, "whole")).toMatchObject({ cellPx: 4, every: 4 });
  expect(matrixLayout(names(300), size, 20)).toMatchObject({ cellPx: 20, every: 1 });
});

test("a marked row is named, and those whose names it would touch are not", () => {
  const layout = { cellPx: 8, gutterPx: 0, headPx: 0, every: 2 };
  const named = (marked: readonly number[]) =>
    [0, 1, 2, 3, 4, 5, 6].filter((at) => isNamed(at, new Set(marked), layout));
  expect(named([])).toEqual([0, 2, 4, 6]);
  expect(named([3])).toEqual([0, 3, 6]);
  expect(named([4])).toEqual([0, 2, 4, 6]);
});
