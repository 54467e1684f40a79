/** Tests cases from nnU-Net's issue tracker: the first finding answers the question that was asked. */
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import { defaultStrides, scalesOf } from "../targets/deep-supervision.ts";
import { definitionOf } from "../testing/definitions.ts";
import type { Finding } from "./finding.ts";
import { type CaseFacts, caseFindings, definitionFindings, worstFirst } from "./findings.ts";

type Definition = ReturnType<typeof definitionOf>;

const NO_FACTS: CaseFacts = {
  labels: [],
  scales: [],
  regionVoxels: null,
  stridesFrom: "plans",
  configuration: null,
  grids: null,
};

/** The finding listed first. */
function first(definition: Definition, facts: Partial<CaseFacts> = {}): Finding {
  const ofCase = caseFindings(regionSetFromDefinition(definition), definition, { ...NO_FACTS, ...facts });
  const [found] = worstFirst([...definitionFindings(definition), ...ofCase]);
  if (!found) throw new Error("Nothing was found.");
  return found;
}

const volume = (...values: number[]) => values.map((value) => ({ value, voxels: 100 }));
const upTo = (n: number) => Array.from({ length: n + 1 }, (_, i) => i);

describe("the first finding states the cause of nnU-Net issue", () => {
  it("1503: labels 1 and 2 are exchanged", () => {
    const found = first(
      definitionOf({ background: 0, whole: [1, 2, 3], core: [1, 3], enhancing: 3 }, [1, 2, 3]),
    );
    expect(found.code).toBe("round-trip-wrong");
    expect(found.message).toBe(
      "Labels 1 and 2 are swapped in predictions, even in perfect ones: regions_class_order is not the writing order but gives the label that each region writes, in the order of “labels”, and “core”, the last region with label 1, writes 2. " +
        "" +
        "Set regions_class_order to [2, 1, 3].",
    );
  });

  it("1952: lists of labels in regions_class_order", () => {
    const found = first(
      definitionOf(
        {
          background: 0,
          catheter: [1, 6, 7, 9],
          deflated_device: 2,
          inflated_device: 3,
          vessel: [4, 6, 8, 9],
          wire: [5, 7, 8, 9],
        },
        [[1, 6, 7, 9], 2, 3, [4, 6, 8, 9], [5, 7, 8, 9]],
      ),
    );
    expect(found.code).toBe("order-not-integer");
    expect(found.message).toMatch(
      /^nnU-Net fails at the first prediction because regions_class_order contains \[1, 6, 7, 9\] for “catheter”,.*: an entry is the one label written to every voxel of its region, not the list of its labels/,
    );
    expect(found.message).toContain("Give each region one whole number: [1, 2, 3, 4, 5].");
  });

  it("2900: regions_class_order does not change the order of writing", () => {
    const turned = { background: 0, "enhancing tumor": 3, core: [2, 3], "whole tumor": [1, 2, 3] };
    const found = first(definitionOf(turned, [3, 2, 1]));
    expect(found.code).toBe("parent-after-child");
    expect(found.message).toMatch(
      /^“enhancing tumor” never appears in predictions: regions are written in the order of “labels”, regardless of regions_class_order, so “whole tumor”, which contains it and comes later, overwrites it with 1\./,
    );
    const permuted = { background: 0, "whole tumor": [1, 2, 3], "tumor core": [2, 3], "enhancing tumor": 3 };
    expect(first(definitionOf(permuted, [3, 2, 1])).message).toMatch(
      /^Labels 1 and 3 are swapped in predictions, .*: regions_class_order is not the writing order but gives the label that each region writes/,
    );
  });

  it("3042: the enhancing tumour has become label 3", () => {
    const labels = { background: 0, whole_tumor: [1, 2, 3, 4], tumor_core: [1, 2, 3], enhancing_tumor: 1 };
    const found = first(definitionOf(labels, [1, 2, 3]), { labels: volume(0, 1, 2, 3, 4) });
    expect(found.code).toBe("round-trip-wrong");
    expect(found.message).toMatch(/^Label 1 becomes 3 and label 4 becomes 1 in predictions, /);
    expect(found.message).toContain("“enhancing_tumor”, the last region with label 1, writes 3");
    expect(found.message).toContain("Set regions_class_order to [4, 2, 1].");
  });

  it("607: a script has sorted the keys", () => {
    const sorted = { background: 0, "enhancing tumor": 3, "tumor core": [2, 3], "whole tumor": [1, 2, 3] };
    const found = first(definitionOf(sorted, [1, 2, 3]));
    expect(found.code).toBe("parent-after-child");
    expect(found.message).toBe(
      "“enhancing tumor” never appears in predictions: regions are written in the order of “labels” (alphabetical here, as left by a script that sorts names), regardless of regions_class_order, so “whole tumor”, which contains it and comes later, overwrites " +
        "it with 3. List larger regions before the smaller ones inside them: “whole tumor”, “tumor core” and “enhancing tumor”, with " +
        "regions_class_order [1, 2, 3].",
    );
    const two = { background: 0, core: 2, whole: [1, 2] };
    // Two names are in alphabetical order by chance half the time.
    expect(first(definitionOf(two, [2, 1])).message).toMatch(
      /^“core” never appears in predictions: regions are written in the order of “labels”, regardless/,
    );
    // The reported file: version 1, with text values, sorted as text.
    const values = ["0", "1", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9"];
    const old = definitionOf(values.map((v) => [v, v === "0" ? "background" : `structure ${v}`] as const));
    expect(first(old).message).toMatch(/^nnU-Net stops because “labels” has the numbers first/);
    expect(definitionFindings(old).map((f) => f.code)).toEqual(["labels-inverted"]);
  });

  it("2316: label 4 is in no region", () => {
    const brats = { background: 0, "whole tumor": [1, 2, 3], "tumor core": [2, 3], "enhancing tumor": [3] };
    const found = first(definitionOf(brats, [1, 2, 3]), { labels: volume(0, 1, 2, 3, 4) });
    expect(found.code).toBe("label-unexpected");
    expect(found.message).toMatch(
      /^Label 4 \(100 voxels\) is not defined in dataset\.json\. nnU-Net's integrity check rejects the case/,
    );
  });

  it("1777: masks of 0 and 255", () => {
    const found = first(definitionOf({ background: 0, nodule: 1 }), { labels: volume(0, 255) });
    expect(found.code).toBe("values-scaled-mask");
    expect(found.message).toMatch(
      /^The volume contains only 0 and 255: it looks like a mask exported as an image,/,
    );
    expect(found.message).toContain("Divide it by 255, so that the mask is 1.");
  });

  it("2404: masks in all shades of grey", () => {
    const found = first(definitionOf({ background: 0, vessel: 1 }), { labels: volume(...upTo(255)) });
    expect(found.code).toBe("values-scaled-mask");
    expect(found.message).toMatch(
      /^The volume contains 256 different values from 0 to 255: it looks like a mask exported as a greyscale image, with soft or compressed edges\./,
    );
  });

  it("2500: every label is one too high", () => {
    const labels = { background: 0, Segment_2: 1, Segment_3: 2, Segment_4: 3, Segment_5: 4 };
    const found = first(definitionOf(labels), { labels: volume(0, 2, 3, 4, 5) });
    expect(found).toMatchObject({ code: "label-unexpected", labels: [5] });
    expect(found.message).toMatch(
      /^The volume contains labels 2, 3, 4 and 5, but the definition has 1, 2, 3 and 4: every label above 0 seems to be one too high/,
    );
  });

  it("2868: counted from 1, so that background is label 1", () => {
    const found = first(definitionOf({ background: 0, a: 1, b: 2 }), { labels: volume(1, 2, 3) });
    expect(found.code).toBe("label-unexpected");
    expect(found.message).toMatch(
      /^The volume contains labels 1, 2 and 3, but the definition has 0, 1 and 2: every label, including background, seems to be one too high/,
    );
    const single = first(definitionOf({ background: 0, a: 1 }), { labels: volume(0, 2) });
    expect(single.message).toMatch(
      /^The volume contains label 2, but the definition has 1: every label above 0/,
    );
  });

  it("1903: a list of one label switches regions off", () => {
    const found = first(definitionOf({ background: 0, Breast: [1], FGT: 2 }, [1, 2]));
    expect(found.code).toBe("order-ignored");
    expect(found.message).toMatch(
      /^nnU-Net will ignore the region definitions: “Breast” is a list with only one label, and nnU-Net trains on regions only if some list has at least two labels\./,
    );
    // The actual question: predictions merge 1 and 2, which was intended.
    expect(first(definitionOf({ background: 0, Breast: [1, 2], FGT: 3 }, [1, 3])).message).toMatch(
      /^Label 2 becomes 1 in predictions, because “Breast”, .* otherwise nothing needs to change\.$/,
    );
  });

  it("1226: small lesions are gone in the coarser targets", () => {
    const scales = scalesOf([128, 128, 128], defaultStrides());
    const regionVoxels = [30, 4, 0, 0, 0].map((lesion, s) => [100_000 / 8 ** s, lesion]);
    const found = first(definitionOf({ background: 0, organ: [1, 2], lesion: 2 }, [1, 2]), {
      labels: volume(0, 1, 2),
      scales,
      regionVoxels,
    });
    expect(found.code).toBe("region-vanishes");
    expect(found.message).toMatch(
      /^“lesion” \(30 voxels at scale 0\) has no voxels left at scale 2 \(1\/4\) of the whole case, a coarser copy of the labels that keeps every 4th voxel along each axis and carries 13 % of the loss\./,
    );
  });
});
