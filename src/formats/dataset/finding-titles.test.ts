/** Tests of the titles of findings: short, concrete, and without a full stop. */
import { describe, expect, it } from "vitest";
import { definitionFindings } from "../../domain/findings/findings.ts";
import { volumeValues } from "../../domain/findings/volume-values.ts";
import { DEFINITION_CASES, textOf } from "../testing/definition-cases.ts";
import { parseDataset } from "./dataset.ts";

const ALL = DEFINITION_CASES.flatMap((spec) =>
  definitionFindings(parseDataset(textOf(spec), "dataset.json")).map((found) => ({ id: spec.id, ...found })),
);

/** A title has one line of the panel, or two. */
const MAX_LENGTH = 100;

function titles(labels: string, order?: string): string[] {
  const text = `{"channel_names": {"0": "CT"}, "numTraining": 1, "file_ending": ".nii.gz", "labels": ${labels}${order ? `, "regions_class_order": ${order}` : ""}}`;
  return definitionFindings(parseDataset(text, "dataset.json")).map(({ title }) => title);
}

describe("titles of findings", () => {
  it("are short, say something, and end without a full stop", () => {
    expect(ALL.length).toBeGreaterThan(100);
    for (const { id, code, title, message } of ALL) {
      expect(title, `${id}: ${code}`).toMatch(/\w.*[^.\s]$/);
      expect(title.length, title).toBeLessThanOrEqual(MAX_LENGTH);
      expect(title, `${id}: ${code}`).not.toMatch(/undefined|NaN|\[object|“”|\n/);
      expect(message.length, message).toBeGreaterThan(title.length);
    }
  });

  it("name labels and regions", () => {
    expect(titles('{"background": 0, "bone": [15, 16], "sacrum": [15]}', "[16, 16]")).toContain(
      "Label 15 is written as 16",
    );
    expect(titles('{"background": 0, "a": [1, 2], "b": [2]}', "[2, 1]")).toContain(
      "Labels 1 and 2 are swapped",
    );
    expect(titles('{"background": 0, "part": [2], "whole": [1, 2]}', "[2, 1]")).toContain(
      "“part” never appears in predictions",
    );
    expect(titles('{"background": 0, "a": 1, "b": 3}')).toEqual(["Label 2 is missing in the definition"]);
    expect(titles('{"background": 0, "a": "1", "b": [2]}')).toEqual(["A label of “a” is in quotation marks"]);
    expect(titles('{"background": 0, "a": [1, 2], "b": 2}')).toEqual(["regions_class_order is missing"]);
  });

  it("count what they cannot list", () => {
    const labels = [0, 1, 20, 21, 22, 23, 24].map((value) => ({ value, voxels: 9 }));
    const definition = parseDataset('{"labels": {"background": 0, "a": 1}}', "dataset.json");
    expect(volumeValues(definition, labels).findings.map(({ title }) => title)).toEqual([
      "Labels 20, 21, 22 and 2 more are not in dataset.json",
    ]);
  });
});
