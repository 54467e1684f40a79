/** Selectors for the survival table: sorted regions and components with what happens to them. */
import { memo } from "../../base/memo.ts";
import { vanishesForLoss } from "../../domain/analysis/scale-status.ts";
import type { ComponentSurvival, RegionSurvival, Survival } from "../../domain/analysis/survival.ts";
import type { RegionShare } from "../../domain/patches/patch-shares.ts";
import { goneMost, goneRank, MIN_GONE } from "../../domain/patches/share-text.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectComponentShares, selectPatchShares } from "../../state/case/patch-shares-selectors.ts";
import { selectShownScales, selectSurvivalResult } from "../../state/case/shown-patch.ts";
import { type RegionRow, selectRegionRows } from "../../state/regions/region-rows.ts";
import type { SurvivalList, SurvivalPlace } from "../../state/slices/survival-slice.ts";

/**
 * What becomes of a region or component in what is shown, the whole case or one patch.
 * - `emptied`: no voxel at a scale used in the loss; `scale` is the first one;
 * - `weightless`: only at scales that the loss leaves out;
 * - `outside`: not in the patch to begin with;
 * - `absent`: not on the grid that is shown.
 */
export type SurvivalOutcome =
  | { readonly kind: "kept" }
  | { readonly kind: "emptied" | "weightless"; readonly scale: number }
  | { readonly kind: "outside" | "absent" };

export function outcomeOf(counts: Survival, scales: readonly Scale[]): SurvivalOutcome {
  if (counts.voxels === 0) return { kind: "absent" };
  if (counts.inPatch === 0) return { kind: "outside" };
  const forLoss = vanishesForLoss(counts, scales);
  if (forLoss !== null) return { kind: "emptied", scale: forLoss };
  return counts.vanishesAt === null ? { kind: "kept" } : { kind: "weightless", scale: counts.vanishesAt };
}

export interface SurvivalRow {
  readonly region: RegionRow;
  /** Null while being computed. */
  readonly survival: RegionSurvival | null;
  readonly outcome: SurvivalOutcome | null;
  /** One per listed component. */
  readonly outcomes: readonly SurvivalOutcome[];
  /** Number of all components, including unlisted ones. */
  readonly components: number;
  /** Number of listed components without a voxel at a scale used in the loss. */
  readonly emptied: number;
  /** Indices of the listed components in table order. */
  readonly order: readonly number[];
  /** Null until it is known, and without plans to draw patches by. */
  readonly share: RegionShare | null;
  /** Per listed component; null until they were computed. */
  readonly shares: readonly RegionShare[] | null;
}

const NOTHING = {
  survival: null,
  outcome: null,
  outcomes: [],
  components: 0,
  emptied: 0,
  order: [],
} as const;

const selectJudgedRows = memo(
  (s: AppState) => [
    selectRegionRows(s),
    selectSurvivalResult(s),
    selectShownScales(s),
    selectPatchShares(s),
    selectComponentShares(s),
    s.survivalList.sort,
  ],
  (rows, result, scales, patchShares, known, sort): readonly SurvivalRow[] =>
    rows.map((region) => {
      const share = patchShares?.regions[region.channel] ?? null;
      const shares = known?.channels[region.channel] ?? null;
      const survival = result?.regions[region.channel];
      if (!survival) return { region, ...NOTHING, share, shares };
      const outcomes = survival.components.map((component) => outcomeOf(component, scales));
      const order = outcomes.map((_, c) => c);
      // Stable sort: among components emptied at the same scale, the largest stays first.
      if (sort === "gone") order.sort((a, b) => rankOf(outcomes[a]) - rankOf(outcomes[b]));
      return {
        region,
        survival,
        outcome: outcomeOf(survival, scales),
        outcomes,
        components: outcomes.length + survival.rest.components,
        emptied: outcomes.filter(({ kind }) => kind === "emptied").length,
        order,
        share,
        shares,
      };
    }),
);

/** Every region, in table order. */
export const selectSurvivalRows = memo(
  (s: AppState) => [selectJudgedRows(s), s.survivalList.sort, selectShownScales(s)],
  (rows, sort, scales): readonly SurvivalRow[] => {
    const voxels = (row: SurvivalRow) => row.survival?.voxels ?? row.region.fullVoxels ?? 0;
    if (sort === "size") return [...rows].sort((a, b) => voxels(b) - voxels(a));
    if (sort === "order") return rows;
    const rankOfRegion = ({ region: { gone }, outcome }: SurvivalRow) =>
      typeof gone === "object" && gone ? goneRank(gone, scales) : rankOf(outcome);
    const earliest = (row: SurvivalRow) => rankOf(row.outcomes[row.order[0] ?? 0]);
    return [...rows].sort(
      (a, b) => rankOfRegion(a) - rankOfRegion(b) || earliest(a) - earliest(b) || voxels(a) - voxels(b),
    );
  },
);

/** Ranks what is emptied at a finer scale lower, and all that the loss misses below what it leaves out. */
function rankOf(outcome: SurvivalOutcome | null | undefined): number {
  if (outcome?.kind === "emptied") return outcome.scale;
  if (outcome?.kind === "weightless") return 1000 + outcome.scale;
  return outcome?.kind === "kept" ? 2000 : 3000;
}

export type SurvivalLine =
  | { readonly kind: "region"; readonly row: SurvivalRow; readonly expanded: boolean }
  | {
      readonly kind: "component";
      readonly row: SurvivalRow;
      readonly component: number;
      readonly survival: ComponentSurvival;
      readonly outcome: SurvivalOutcome;
      readonly share: RegionShare | null;
    }
  | { readonly kind: "rest"; readonly row: SurvivalRow; readonly survival: RegionSurvival };

/** Returns the rows of the table: regions, each followed by its components if expanded. */
export function survivalLines(
  rows: readonly SurvivalRow[],
  { onlyGone }: Pick<SurvivalList, "onlyGone">,
  expanded: ReadonlySet<string>,
  scales: readonly Scale[],
): SurvivalLine[] {
  const lines: SurvivalLine[] = [];
  for (const row of rows) {
    if (onlyGone && !isEverGone(row, scales)) continue;
    const open = expanded.has(row.region.name) && row.survival !== null;
    lines.push({ kind: "region", row, expanded: open });
    if (!open || !row.survival) continue;
    for (const component of row.order) {
      const survival = row.survival.components[component];
      const outcome = row.outcomes[component];
      if (!survival || !outcome || (onlyGone && outcome.kind !== "emptied")) continue;
      const share = row.shares?.[component] ?? null;
      lines.push({ kind: "component", row, component, survival, outcome, share });
    }
    if (row.survival.rest.components > 0) lines.push({ kind: "rest", row, survival: row.survival });
  }
  return lines;
}

/** True if the loss misses the region in enough patches, or one of its components in what is shown. */
function isEverGone({ region: { gone }, outcome, emptied }: SurvivalRow, scales: readonly Scale[]): boolean {
  if (emptied > 0) return true;
  if (gone === null) return outcome?.kind === "emptied";
  const most = gone === "awaited" ? null : goneMost(gone, scales);
  return most !== null && !most.leftOut && most.share >= MIN_GONE;
}

export interface SurvivalTally {
  readonly regions: number;
  readonly regionsEmptied: number;
  readonly components: number;
  readonly emptied: number;
}

/** Null until all regions are known. */
export const selectSurvivalTally = memo(
  (s: AppState) => [selectJudgedRows(s)],
  (rows): SurvivalTally | null => {
    if (rows.length === 0 || rows.some((row) => row.survival === null)) return null;
    const sum = (count: (row: SurvivalRow) => number) => rows.reduce((total, row) => total + count(row), 0);
    return {
      regions: rows.length,
      regionsEmptied: sum((row) => (row.outcome?.kind === "emptied" ? 1 : 0)),
      components: sum((row) => row.components),
      emptied: sum((row) => row.emptied),
    };
  },
);

/** A component with its region's index in the table and its own index among that region's components. */
interface Standing {
  readonly place: SurvivalPlace;
  readonly row: number;
  readonly position: number;
}

/** The components without a voxel at a scale used in the loss, in table order. */
const selectEmptied = memo(
  (s: AppState) => [selectSurvivalRows(s)],
  (rows): readonly Standing[] =>
    rows.flatMap(({ region, order, outcomes }, row) =>
      order.flatMap((component, position) =>
        outcomes[component]?.kind === "emptied"
          ? [{ place: { region: region.name, component }, row, position }]
          : [],
      ),
    ),
);

/** Returns the one after (or before) the cursor, wrapping around; null if there is none. */
export function nextEmptied(s: AppState, by: 1 | -1): SurvivalPlace | null {
  const all = selectEmptied(s);
  const first = by === 1 ? all[0] : all.at(-1);
  const { survivalCursor: from } = s;
  if (!from || !first) return first?.place ?? null;
  const rows = selectSurvivalRows(s);
  const row = rows.findIndex(({ region }) => region.name === from.region);
  const position = from.component === null ? -1 : (rows[row]?.order.indexOf(from.component) ?? -1);
  const beyond = (other: Standing) => (other.row - row || other.position - position) * by > 0;
  return ((by === 1 ? all.find(beyond) : all.findLast(beyond)) ?? first).place;
}

/** Returns the next listed component of the selected region, wrapping around; null if none is known. */
export function nextComponent(s: AppState, by: 1 | -1): SurvivalPlace | null {
  const row = selectSurvivalRows(s).find(({ region }) => region.name === s.selectedRegion);
  const count = row?.outcomes.length ?? 0;
  if (!row || count === 0) return null;
  const { survivalCursor: cursor } = s;
  const at = cursor?.region === row.region.name ? cursor.component : null;
  const component = at === null ? (by === 1 ? 0 : count - 1) : (at + by + count) % count;
  return { region: row.region.name, component };
}

export interface StepFacts {
  readonly row: SurvivalRow;
  readonly component: number;
  readonly survival: ComponentSurvival;
  readonly outcome: SurvivalOutcome;
  /** Position among the emptied components, from 1; null if this is none. */
  readonly nth: number | null;
  readonly of: number;
}

/** Facts about the component moved to, while its region is selected. */
export const selectStepFacts = memo(
  (s: AppState) => [s.survivalStep, selectSurvivalRows(s), selectEmptied(s), s.selectedRegion],
  (step, rows, emptied, selected): StepFacts | null => {
    if (step?.kind !== "at" || step.place.region !== selected) return null;
    const { region, component } = step.place;
    const row = rows.find((candidate) => candidate.region.name === region);
    const survival = row?.survival?.components[component ?? -1];
    const outcome = row?.outcomes[component ?? -1];
    if (!row || !survival || !outcome || component === null) return null;
    const at = emptied.findIndex(({ place }) => place.region === region && place.component === component);
    return { row, component, survival, outcome, nth: at < 0 ? null : at + 1, of: emptied.length };
  },
);
