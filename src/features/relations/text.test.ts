import { describe, expect, test } from "vitest";
import { labelRelations } from "../../domain/dataset/relations.ts";
import type { FlowSummary, OrderAdvice } from "../label-mapping/label-mapping-selectors.ts";
import { adviceSentence, summarySentence, unseenSentence } from "../label-mapping/text.ts";
import { matrixLayout } from "./matrix-layout.ts";
import { relatedTo, uncovered } from "./related.ts";
import { differenceText, formatDice, relationSentence } from "./text.ts";

describe("round trip", () => {
  const summary = (change: Partial<FlowSummary>): FlowSummary => ({
    labels: 25,
    changed: 0,
    changedVoxels: 0,
    unseen: 0,
    unseenChanged: 0,
    outcomes: { same: 25, wrong: 0, merged: 0, lost: 0, ignored: 0 },
    ...change,
  });

  test.each([
    [{}, "All 25 labels come back"],
    [{ labels: 1 }, "The label comes back"],
    [{ labels: 0 }, "There is no label to follow"],
    [{ changed: 3, changedVoxels: 12345 }, "3 of 25 labels, 12,345 voxels, come back as another"],
    [{ changed: 1, changedVoxels: null }, "1 of 25 labels comes back as another"],
    [{ labels: 1, changed: 1, changedVoxels: 1 }, "The label, 1 voxel, comes back as another"],
  ])("%j: %s", (change, sentence) => {
    expect(summarySentence(summary(change))).toBe(sentence);
  });

  test("labels that this volume lacks", () => {
    expect(unseenSentence(summary({}))).toBeNull();
    expect(unseenSentence(summary({ unseen: 2, unseenChanged: 1 }))).toBe(
      "2 labels of the definition are not in this volume; 1 of them would come back as another.",
    );
  });

  const advice = (change: Partial<OrderAdvice>): OrderAdvice => ({
    names: ["whole", "core"],
    written: { order: [1, 2], back: 2 },
    labels: 2,
    repaired: { order: [1, 2], back: 2 },
    suggested: { order: [1, 2], back: 2 },
    sequence: null,
    erased: [],
    ...change,
  });

  test.each([
    [{}, "This is the suggested order."],
    [
      { written: { order: [2, null], back: 0 } },
      "Suggested: 1 for whole, not 2; 2 for core. Then all 2 labels come back.",
    ],
    [
      { suggested: { order: [1, 3], back: 2 } },
      "The suggested order, the lowest label of each region, has 3 for core, not 2; with it as many labels come back.",
    ],
    [
      { repaired: null, sequence: { names: ["core", "whole"], order: [2, 1] } },
      "No values help while a region is written after one that it contains and erases it. Suggested: parents before children, core 2, whole 1.",
    ],
    [
      { repaired: null, erased: [{ name: "core", by: ["whole"] }] },
      "No order brings a label of every region back: core is written over entirely by whole.",
    ],
  ])("advice %#", (change, sentence) => {
    expect(adviceSentence(advice(change))).toBe(sentence);
  });
});

describe("relations", () => {
  const regions = [[1, 2, 3], [1, 2], [3, 4], [2, 1], [9], []].map((labels, i) => ({
    name: `r${i}`,
    labels,
    classOrder: null,
    ignore: false,
  }));
  const relations = labelRelations(regions);
  const say = (a: number, b: number) => relationSentence(relations, a, b, { a: `r${a}`, b: `r${b}` });

  test.each([
    [0, 0, "r0 holds 3 labels"],
    [0, 1, "r0 contains r1: 2 of 3 labels shared, Dice 0.80"],
    [1, 0, "r1 is inside r0: 2 of 3 labels shared, Dice 0.80"],
    [0, 2, "r0 overlaps r2: 1 of 3 and of 2 labels shared, Dice 0.40"],
    [1, 3, "r1 and r3 hold the same 2 labels"],
    [1, 4, "r1 and r4 share no label: 2 and 1 label"],
    [1, 5, "r1 and r5 share no label: r5 holds none"],
  ])("%i and %i: %s", (a, b, sentence) => {
    expect(say(a, b)).toBe(sentence);
  });

  test("a Dice coefficient is 0 or 1 only where it is", () => {
    expect([0, 0.001, 0.524, 0.9999, 1, null].map(formatDice)).toEqual([
      "0",
      "< 0.01",
      "0.52",
      "> 0.99",
      "1",
      "undefined",
    ]);
  });

  test("which labels make the difference", () => {
    expect(
      differenceText({ both: [15, 16], onlyA: [14, 17], onlyB: [] }, { a: "skeleton", b: "spine" }),
    ).toBe("in both: 15, 16 · only in skeleton: 14, 17");
  });

  test("a row reads from the most alike to the least, by kind", () => {
    expect(relatedTo(relations, 0).map(({ channel, relation }) => [channel, relation])).toEqual([
      [1, "contains"],
      [3, "contains"],
      [2, "overlaps"],
    ]);
    expect(uncovered(regions, 0, [{ channel: 1 }, { channel: 3 }])).toEqual([3]);
  });

  test("the matrix fits its room, down to cells in which signs can be told apart", () => {
    const room = { width: 900, height: 700, devicePixelRatio: 1 };
    const names = (count: number) => Array.from({ length: count }, () => "vertebra");
    expect(matrixLayout(names(5), room, null)).toMatchObject({ cellPx: 24, allNames: true });
    expect(matrixLayout(names(300), room, null)).toMatchObject({ cellPx: 8, allNames: false });
    expect(matrixLayout(names(300), room, 20)).toMatchObject({ cellPx: 20, allNames: true });
  });
});
