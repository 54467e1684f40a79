/** Tests that saved training grids and targets are recognised by what their headers say. */
import { expect, test } from "vitest";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import type { FileGeometry, Placement } from "../reader/file-geometry.ts";
import { definitionOf } from "../testing/definitions.ts";
import { caseFindings } from "./findings.ts";
import { savedTrainingFile } from "./saved-training-file.ts";

const PLACED: Placement = {
  grid: { shape: [2, 2, 2], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] },
  from: "sform",
  spacing: [1, 1, 1],
  refusal: null,
  intercept: 0,
  notices: [],
};
const geometry = (description?: string): FileGeometry => ({
  file: "a/case_trained.nii.gz",
  codes: null,
  unoriented: false,
  unit: null,
  ...(description === undefined ? {} : { description }),
  itk: PLACED,
  nibabel: PLACED,
});
const message = (description?: string) => savedTrainingFile(geometry(description))?.message;

test("a training grid, with or without a configuration", () => {
  expect(message("training grid, 3d_fullres")).toMatch(
    /^case_trained\.nii\.gz is not a label file but a training grid that Regionscope saved \(“training grid, 3d_fullres”\): .* −1 is background/,
  );
  expect(message("training grid")).toContain("a training grid");
});

test("labels or the target of a scale", () => {
  expect(message("labels of scale 2, training grid, nearest-exact, 3d_fullres")).toMatch(
    / is not a label file but targets of a scale that /,
  );
  expect(message("target of scale 0, stored grid, nearest")).not.toContain("−1");
});

test("it takes the place of findings that follow from it", () => {
  const definition = definitionOf({ background: 0, liver: 1 }, null);
  const codes = (description?: string) => {
    const labels = geometry(description);
    const geometries = { reader: "SimpleITKIO", chosen: null, firstImage: null, labels } as const;
    return caseFindings(regionSetFromDefinition(definition), definition, {
      labels: [-1, 0, 1].map((value) => ({ value, voxels: 4 })),
      scales: [],
      stridesFrom: "plans",
      configuration: null,
      regionVoxels: null,
      grids: { image: { ...PLACED.grid, shape: [2, 4, 4] }, labels: PLACED.grid },
      reading: {
        geometry: { ...geometries, moreLabels: [], image: null },
        inForce: {
          reader: "SimpleITKIO",
          rule: "ending",
          usual: "SimpleITKIO",
          ending: ".nii.gz",
          why: "",
          unknown: null,
        },
      },
    }).map(({ code }) => code);
  };
  expect(codes()).toEqual(expect.arrayContaining(["negative-label", "grid-mismatch"]));
  const found = codes("training grid, 3d_fullres");
  expect(found).toContain("saved-training-file");
  expect(found.filter((code) => ["negative-label", "grid-mismatch"].includes(code))).toEqual([]);
});

test.each([undefined, "", "label map of Regionscope", "training grid of my own", "FSL5.0"])(
  "no other file: %s",
  (description) => {
    expect(message(description)).toBeUndefined();
  },
);
