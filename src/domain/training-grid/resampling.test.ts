/** Tests how nnU-Net's resampling function is chosen, with its new shape and its coarse axis. */
import { describe, expect, it } from "vitest";
import type { SegResampling } from "../dataset/plans.ts";
import type { Triple } from "../geometry/grid.ts";
import { chooseResampling, DEFAULT_SEG_RESAMPLING } from "./resampling.ts";

const SHAPE: Triple = [10, 20, 30];
const ONE: Triple = [1, 1, 1];

function choose({
  shape = SHAPE,
  spacing = ONE,
  plans = ONE as readonly number[],
  ...changed
}: {
  shape?: Triple;
  spacing?: Triple;
  plans?: readonly number[];
  name?: string;
  kwargs?: SegResampling["kwargs"];
} = {}) {
  return chooseResampling(shape, spacing, plans, { ...DEFAULT_SEG_RESAMPLING, ...changed });
}
const withDefaults = (kwargs: SegResampling["kwargs"]) => ({ ...DEFAULT_SEG_RESAMPLING.kwargs, ...kwargs });

describe("the new shape", () => {
  it("rounds halves to the even number", () => {
    expect(choose({ shape: [5, 7, 9], plans: [2, 2, 2] })).toMatchObject({ shape: [2, 4, 4] });
  });
  it("divides the spacings first, as Python does", () => {
    // 0.7 / 0.2 is 3.4999999999999996.
    expect(choose({ shape: [1, 1, 1], spacing: [0.7, 1, 1], plans: [0.2, 1, 1] })).toMatchObject({
      shape: [3, 1, 1],
    });
  });
  it("leaves the first axis alone in 2D configurations", () => {
    expect(choose({ spacing: [5, 0.8, 0.8], plans: [1.6, 1.6] })).toMatchObject({
      shape: [10, 10, 15],
      separateAxis: 0,
    });
  });
  it("refuses a length of 0", () => {
    expect(choose({ shape: [1, 20, 30], plans: [2, 1, 1] })).toEqual({
      kind: "refused",
      reason: expect.stringContaining("0×20×30"),
      problem: { kind: "stops", remedy: expect.stringMatching(/finer spacing/) },
    });
  });
  it.each([
    [{ name: "resample_torch_fornnunet" }],
    [{ kwargs: withDefaults({ order: 2 }) }],
    [{ kwargs: withDefaults({ order_z: 3 }) }],
    [{ kwargs: withDefaults({ is_seg: false }) }],
  ])("refuses a length of 0 whatever else is not followed: %o", (changed) => {
    expect(choose({ spacing: [1, 1, 1], plans: [200, 1, 1], ...changed })).toMatchObject({
      reason: expect.stringContaining("0×20×30"),
      problem: { kind: "stops" },
    });
  });
  it("has no length of 0 where nothing is resampled", () => {
    expect(choose({ plans: [200, 1, 1], name: "no_resampling_hack", kwargs: {} })).toMatchObject({
      shape: SHAPE,
    });
  });
  it("refuses more voxels than a page can hold", () => {
    expect(choose({ shape: [1024, 1024, 1024] })).toMatchObject({ shape: [1024, 1024, 1024] });
    expect(choose({ shape: [100, 100, 100], plans: [0.09, 0.1, 0.1] })).toEqual({
      kind: "refused",
      reason: expect.stringContaining("1111×1000×1000"),
      problem: { kind: "not-followed", remedy: expect.stringMatching(/spacing/) },
    });
  });
});

describe("the coarse axis", () => {
  const axis = (spacing: Triple, plans: Triple, kwargs = {}) => {
    const chosen = choose({ spacing, plans, kwargs: withDefaults(kwargs) });
    return chosen.kind === "refused" ? chosen.reason : chosen.separateAxis;
  };
  it("is one whose spacing is more than three times the smallest", () => {
    expect(axis([3, 1, 1], ONE)).toBeNull();
    expect(axis([3.01, 1, 1], ONE)).toBe(0);
    expect(axis([1, 3.01, 1], ONE)).toBe(1);
    expect(axis([1, 1, 3.01], ONE)).toBe(2);
  });
  it("is sought in the current spacing first, then in the new one", () => {
    expect(axis([4, 1, 1], [1, 1, 4])).toBe(0);
    expect(axis(ONE, [1, 1, 4])).toBe(2);
    expect(axis([2, 1, 1], ONE)).toBeNull();
  });
  it("is none if two or three tie, even if the new spacing has one", () => {
    expect(axis([4, 4, 1], [4, 1, 1])).toBeNull();
    expect(axis(ONE, ONE, { force_separate_z: true })).toBeNull();
  });
  it("can be forced, or ruled out", () => {
    expect(axis([1, 1.1, 1], [9, 1, 1], { force_separate_z: true })).toBe(1);
    expect(axis([9, 1, 1], ONE, { force_separate_z: false })).toBeNull();
    expect(axis([2, 1, 1], ONE, { separate_z_anisotropy_threshold: 1.5 })).toBe(0);
  });
});

it("gives omitted arguments the defaults of nnU-Net's function, not those of its planners", () => {
  expect(choose({ spacing: [9, 1, 1], kwargs: { is_seg: true } })).toEqual({
    kind: "resampling",
    shape: [90, 20, 30],
    order: 3,
    separateAxis: null,
    orderZ: 0,
  });
});

describe("arguments that nnU-Net does not read are not refused:", () => {
  const TO_HALF = { plans: [2, 2, 2] };
  it("order_z without an axis apart, or where the axis keeps its length", () => {
    const kwargs = withDefaults({ order_z: 3 });
    expect(choose({ ...TO_HALF, kwargs })).toMatchObject({ shape: [5, 10, 15], separateAxis: null });
    const kept = choose({ spacing: [4, 1, 1], plans: [4, 2, 2], kwargs });
    expect(kept).toMatchObject({ shape: [10, 10, 15], order: 1, separateAxis: 0, orderZ: 0 });
    const coarser = choose({ spacing: [4, 1, 1], plans: [2, 2, 2], kwargs });
    expect(coarser).toMatchObject({ problem: { kind: "not-followed" } });
  });
  it("any of them where no length changes", () => {
    const kwargs = { is_seg: false, order: 6, order_z: "1" };
    expect(choose({ kwargs })).toMatchObject({ shape: SHAPE, order: 0 });
    expect(choose({ ...TO_HALF, kwargs })).toMatchObject({ kind: "refused" });
  });
});

it("says that text is not a number, however it looks", () => {
  const of = (kwargs: Readonly<Record<string, unknown>>) => {
    const chosen = choose({ spacing: [4, 1, 1], kwargs: withDefaults(kwargs) });
    return chosen.kind === "refused" ? [chosen.reason, chosen.problem?.remedy] : null;
  };
  expect(of({ order: "1" })).toEqual([
    'Labels are resampled with order "1", which is text instead of a number, so nnU-Net\'s preprocessing stops.',
    "Write 0, 1 or 3, without quotation marks, in resampling_fn_seg_kwargs of the plans.",
  ]);
  expect(of({ order_z: "0" })?.[1]).toBe(
    "Write 0 or 1, without quotation marks, in resampling_fn_seg_kwargs of the plans.",
  );
});

it("keeps every voxel with no_resampling_hack", () => {
  const chosen = choose({ name: "no_resampling_hack", kwargs: {}, plans: [3, 3, 3] });
  expect(chosen).toMatchObject({ kind: "resampling", shape: SHAPE });
});

/** One axis is coarse, and every length changes. */
const RESAMPLED = { spacing: [4, 1, 1] as Triple, plans: [2, 2, 2] };

it.each([
  [{ name: "resample_torch_fornnunet" }, "not-followed", "torch"],
  [{ name: "resample_torch_simple" }, "stops", "does not take the spacings"],
  [{ name: "my_function" }, "stops", "my_function"],
  [{ kwargs: withDefaults({ is_seg: false }) }, "averages", "is_seg"],
  [{ kwargs: withDefaults({ order: 2 }) }, "not-followed", "order 2"],
  [{ kwargs: withDefaults({ order: 6 }) }, "stops", "order 6"],
  [{ kwargs: withDefaults({ order: "1" }) }, "stops", 'order "1"'],
  [{ kwargs: withDefaults({ order: null }) }, "not-followed", "order null"],
  [{ kwargs: withDefaults({ order_z: 3 }) }, "not-followed", "order_z 3"],
  [{ kwargs: withDefaults({ order_z: 6 }) }, "stops", "order_z 6"],
  [{ kwargs: null }, "stops", "without resampling_fn_seg_kwargs"],
  [{ kwargs: withDefaults({ force_separate_z: "no" }) }, "not-followed", "force_separate_z"],
  [{ kwargs: withDefaults({ separate_z_anisotropy_threshold: null }) }, "not-followed", "threshold"],
  [{ kwargs: withDefaults({ num_threads: 4 }) }, "stops", "num_threads"],
  [{ plans: [1] }, "stops", "is [1] instead of 2 or 3 positive numbers"],
  [{ spacing: [0, 1, 1] as Triple }, "stops", "positive"],
  [{ plans: [1, Number.NaN, 1] }, "stops", "positive"],
] as const)("refuses what it cannot compute, and says why and what to do: %o", (changed, kind, word) => {
  const chosen = choose({ ...RESAMPLED, ...changed });
  expect(chosen).toEqual({
    kind: "refused",
    reason: expect.stringContaining(word),
    problem: { kind, remedy: expect.stringMatching(/^[A-Z].*\.$/) },
  });
  // Where nnU-Net stops, the reason says so.
  expect(chosen.kind === "refused" && chosen.reason.includes("preprocessing stops")).toBe(kind === "stops");
});
