/** Tests the path of each label through its regions and back. */
import { describe, expect, it } from "vitest";
import { decodedAs } from "../testing/comes-back-as.ts";
import { definitionOf } from "../testing/definitions.ts";
import { labelMapping } from "./label-mapping.ts";
import { regionSetFromDefinition, regionSetFromMasks } from "./region-set.ts";

const mapping = (...args: Parameters<typeof definitionOf>) =>
  labelMapping(regionSetFromDefinition(definitionOf(...args)));

/** "3: whole>1 core>2 enhancing>3! = 3 same"; the exclamation mark is on the value that remains. */
const brief = (...args: Parameters<typeof definitionOf>) =>
  mapping(...args).map(
    ({ label, steps, decodedAs: to, outcome }) =>
      `${label}: ${steps.map((s) => `${s.region}>${s.writes}${s.remains ? "!" : ""}`).join(" ")} = ${to} ${outcome}`,
  );

describe("labelMapping", () => {
  it("follows each label through its regions in the order of writing", () => {
    const labels = { background: 0, whole: [3, 2, 1], core: [2, 3], enhancing: 3, ignore: 4 };
    expect(brief(labels, [1, 2, 3])).toEqual([
      "1: whole>1! = 1 same",
      "2: whole>1 core>2! = 2 same",
      "3: whole>1 core>2 enhancing>3! = 3 same",
      "4:  = 0 ignored",
    ]);
    expect(mapping(labels, [1, 2, 3])[2]?.steps.map((s) => s.channel)).toEqual([0, 1, 2]);
  });

  it("distinguishes wrong, merged and lost labels", () => {
    const labels = { background: 0, all: [1, 2, 3, 4], x: [2, 3], y: 3, z: 4 };
    expect(brief(labels, [1, 2, 2, 0])).toEqual([
      "1: all>1! = 1 same",
      "2: all>1 x>2! = 2 same",
      "3: all>1 x>2 y>2! = 2 merged",
      "4: all>1 z>0! = 0 lost",
    ]);
    expect(brief({ background: 0, all: [1, 2], x: 2 }, [2, 1])).toEqual([
      "1: all>2! = 2 wrong",
      "2: all>2 x>1! = 1 wrong",
    ]);
  });

  it("ignores regions without a usable class order entry", () => {
    expect(brief({ background: 0, all: [1, 2], x: 2 }, [1, [2]])).toEqual([
      "1: all>1! = 1 same",
      "2: all>1! x>null = 1 merged",
    ]);
    expect(brief({ background: 0, all: [1, 2], x: 2 })).toEqual([
      "1: all>null = 0 lost",
      "2: all>null x>null = 0 lost",
    ]);
  });

  it("restores labels that are trained as labels, and follows the labels it is given", () => {
    expect(brief({ background: 0, a: 1, b: [2] }, [2, 1])).toEqual(["1: a>1! = 1 same", "2: b>2! = 2 same"]);
    const set = regionSetFromDefinition(definitionOf({ background: 0, all: [0, 1], x: 1 }, [3, 1]));
    expect(labelMapping(set, [0, 9]).map((f) => [f.label, f.decodedAs, f.outcome])).toEqual([
      [0, 3, "wrong"],
      [9, 0, "lost"],
    ]);
    expect(labelMapping(regionSetFromMasks(["a"]))).toEqual([]);
  });

  it("agrees with the round trip", () => {
    const set = regionSetFromDefinition(
      definitionOf({ background: 0, a: [1, 2, 5], b: [2, 3], c: [3, 4, 1], d: [5], e: [] }, [5, 2, 1, 4, 9]),
    );
    for (const { label, steps, decodedAs: to } of labelMapping(set)) {
      expect(to).toBe(decodedAs(set, label));
      expect(steps.find((s) => s.remains)?.writes ?? 0).toBe(to);
    }
  });
});
