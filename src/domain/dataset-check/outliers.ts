/** Finds regions that are unlike the same region in the other cases. */
import { sidePairs } from "../dataset/side-pairs.ts";
import type { Triple } from "../geometry/grid.ts";
import type { StoredGrid } from "./case-record.ts";
import { type CaseFacts, casesWith, type DatasetFacts } from "./dataset-facts.ts";
import { apart, MIN_VALUES, medianOf, spread } from "./robust.ts";

export type Measure = "volume" | "components" | "specks" | "side";

export interface Outlier {
  /** Place in the dataset's regions. */
  readonly region: number;
  readonly measure: Measure;
  readonly case: string;
  /** mL, a count, or mm to the patient's right of the middle of the volume. */
  readonly value: number;
  /** Of all cases that have the region, in the same unit. */
  readonly median: number;
}

/**
 * Deviations of logarithms to assume at least. Of equal volumes, one that differs by less than 28 %
 * (exp(5 × 0.05)) is no outlier; nor are five times as many components or specks where others have one or
 * none.
 */
const LEAST_VOLUME = 0.05;
const LEAST_COUNT = 0.33;

/** The middle of a volume is known no better than the patient lies: regions nearer to it have no side. */
const MIN_SIDE_MM = 5;
/** A region has a side if its distance from the middle is this many times what it varies by. */
const SIDE_DEVIATIONS = 3;
/** Share of the usual distance that a centre must lie beyond the middle. */
const BEYOND_MIDDLE = 0.5;

/** In the order of regions, measures and cases. */
export function outliers(facts: DatasetFacts): Outlier[] {
  return facts.regions.flatMap((region, r) =>
    region.ignore
      ? []
      : [
          ...ofMeasure(facts, r, "volume", ({ ml }) => ml, Math.log, LEAST_VOLUME),
          ...ofMeasure(facts, r, "components", ({ components }) => components, Math.log, LEAST_COUNT),
          // Fewer specks than others have are no fault.
          ...ofMeasure(facts, r, "specks", ({ specks }) => specks, Math.log1p, LEAST_COUNT).filter(
            ({ value, median }) => value > median,
          ),
          ...otherSide(facts, r),
        ],
  );
}

type InCase = NonNullable<CaseFacts["regions"][number]>;

function ofMeasure(
  facts: DatasetFacts,
  region: number,
  measure: Measure,
  pick: (region: InCase) => number | null,
  scaleOf: (value: number) => number,
  least: number,
): Outlier[] {
  const found = casesWith(facts, region).flatMap(({ name, regions }) => {
    const own = regions[region];
    const value = own ? pick(own) : null;
    return value !== null && Number.isFinite(scaleOf(value)) ? [{ name, value }] : [];
  });
  const marks = apart(
    found.map(({ value }) => scaleOf(value)),
    least,
  );
  const median = medianOf(found.map(({ value }) => value));
  return found.flatMap(({ name, value }, i) =>
    marks[i] === 0 ? [] : [{ region, measure, case: name, value, median }],
  );
}

/** Centres on the other side of the body than in the other cases. */
function otherSide(facts: DatasetFacts, region: number): Outlier[] {
  const exchanged = exchangedIn(facts, region);
  const found = casesWith(facts, region).flatMap(({ name, regions, record }) => {
    const centre = regions[region]?.centre;
    const middle = middleMm(record.stored.labels, facts.transpose);
    return centre && middle !== null ? [{ name, offset: centre[0] - middle }] : [];
  });
  if (found.length < MIN_VALUES) return [];
  const { median, deviation } = spread(found.map(({ offset }) => offset));
  if (Math.abs(median) < Math.max(MIN_SIDE_MM, SIDE_DEVIATIONS * deviation)) return [];
  return found.flatMap(({ name, offset }) =>
    offset * Math.sign(median) < -BEYOND_MIDDLE * Math.abs(median) && !exchanged.has(name)
      ? [{ region, measure: "side" as const, case: name, value: offset, median }]
      : [],
  );
}

/** Cases whose finding `sides` already says that this region is exchanged with its counterpart. */
function exchangedIn({ cases, regions }: DatasetFacts, region: number): ReadonlySet<string> {
  const name = regions[region]?.name ?? "";
  const isPaired = sidePairs(regions.map((one) => one.name)).some(
    ({ left, right }) => left === region || right === region,
  );
  return new Set(
    (isPaired ? cases : [])
      .filter(({ record }) =>
        record.findings.some(
          ({ code, severity, regions: names }) =>
            code === "sides" && severity === "error" && names.includes(name),
        ),
      )
      .map((one) => one.name),
  );
}

/**
 * The middle of a volume from left to right, in mm of RAS, which is that of the body where the scan is
 * centred. Null if no axis runs from left to right.
 *
 * @param grid with the letters of the orientation for array axes 2, 1 and 0 of the file, before the transpose
 */
function middleMm({ shape, spacing, orientation, origin }: StoredGrid, transpose: Triple): number | null {
  const letter = [...orientation].findIndex((one) => one === "R" || one === "L");
  const axis = transpose.indexOf(2 - letter);
  const [length, step] = [shape[axis], spacing[axis]];
  if (letter < 0 || length === undefined || step === undefined) return null;
  const half = ((length - 1) * step) / 2;
  return origin[0] + (orientation[letter] === "R" ? half : -half);
}
