/** Tests of the sentences of the round trip. */
import { expect, test } from "vitest";
import type { MappingSummary, OrderAdvice } from "./label-mapping-selectors.ts";
import { adviceSentence, summarySentence, unseenSentence } from "./text.ts";

const summary = (change: Partial<MappingSummary>): MappingSummary => ({
  labels: 25,
  changed: 0,
  changedVoxels: 0,
  unseen: 0,
  unseenChanged: 0,
  outcomes: { same: 25, wrong: 0, merged: 0, lost: 0, ignored: 0 },
  ...change,
});

test.each([
  [{}, "All 25 labels are reproduced"],
  [{ labels: 1 }, "The label is reproduced"],
  [{ labels: 0 }, "There are no labels to follow"],
  [{ changed: 3, changedVoxels: 12345 }, "3 of 25 labels change (12,345 voxels)"],
  [{ changed: 1, changedVoxels: null }, "1 of 25 labels changes"],
  [{ labels: 1, changed: 1, changedVoxels: 1 }, "The label changes (1 voxel)"],
])("%j: %s", (change, sentence) => {
  expect(summarySentence(summary(change))).toBe(sentence);
});

test("the sentence names the labels that this volume lacks", () => {
  expect(unseenSentence(summary({}))).toBeNull();
  expect(unseenSentence(summary({ unseen: 2, unseenChanged: 1 }))).toBe(
    "2 labels of the definition are not in this volume; 1 of them would change.",
  );
  expect(unseenSentence(summary({ unseen: 1, unseenChanged: 1 }))).toBe(
    "1 label of the definition is not in this volume; it would change.",
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
  [{}, "No change suggested."],
  [
    { written: { order: [2, null], back: 0 } },
    "Suggested: 1 for whole, not 2; 2 for core. Then all 2 labels are reproduced.",
  ],
  [
    { suggested: { order: [1, 3], back: 2 } },
    "The suggested order, the lowest label of each region, has 3 for core, not 2; with it, as many labels are reproduced.",
  ],
  [
    { repaired: null, sequence: { names: ["core", "whole"], order: [2, 1] } },
    "No values help while a region is written after one that it contains, because it overwrites it completely. Suggested: parents before children, core 2, whole 1.",
  ],
  [
    { repaired: null, erased: [{ name: "core", by: ["whole"] }] },
    "No order reproduces a label of every region: core is completely overwritten by whole.",
  ],
])("advice %#", (change, sentence) => {
  expect(adviceSentence(advice(change))).toBe(sentence);
});
