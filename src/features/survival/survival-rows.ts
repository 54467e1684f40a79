/** Selectors for the survival table: sorted regions and components with what happens to them. */
import { memo } from "../../base/memo.ts";
import { vanishesForLoss } from "../../domain/analysis/scale-status.ts";
import type { ComponentSurvival, RegionSurvival, Survival } from "../../domain/analysis/survival.ts";
import type { RegionSweep, SweptSurvival } from "../../domain/analysis/survival-sweep.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectShownScales, selectSurvivalResult, selectSweepResult } from "../../state/case/shown-patch.ts";
import { type RegionRow, selectRegionRows } from "../../state/regions/region-rows.ts";
import type { SurvivalList, SurvivalPlace } from "../../state/slices/survival-slice.ts";

/**
 * - `vanishes`: at a scale used in the loss; `scale` is the first one;
 * - `weightless`: only at scales that the loss does not use;
 * - `outside`: not in the patch to begin with;
 * - `absent`: not in the case either.
 */
export type SurvivalOutcome =
  | { readonly kind: "kept" }
  | { readonly kind: "vanishes" | "weightless"; readonly scale: number }
  | { readonly kind: "outside" | "absent" };

export function outcomeOf(counts: Survival, scales: readonly Scale[]): SurvivalOutcome {
  if (counts.voxels === 0) return { kind: "absent" };
  if (counts.inPatch === 0) return { kind: "outside" };
  const forLoss = vanishesForLoss(counts, scales);
  if (forLoss !== null) return { kind: "vanishes", scale: forLoss };
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
  /** Number of listed components that vanish at a scale used in the loss. */
  readonly vanishing: number;
  /** Indices of the listed components in table order. */
  readonly order: readonly number[];
  readonly swept: RegionSweep | null;
}

const NOTHING = {
  survival: null,
  outcome: null,
  outcomes: [],
  components: 0,
  vanishing: 0,
  order: [],
} as const;

const selectJudgedRows = memo(
  (s: AppState) => [
    selectRegionRows(s),
    selectSurvivalResult(s),
    selectShownScales(s),
    selectSweepResult(s),
    s.survivalList.sort,
  ],
  (rows, result, scales, sweep, sort): readonly SurvivalRow[] =>
    rows.map((region) => {
      const swept = sweep?.sweep.regions[region.channel] ?? null;
      const survival = result?.regions[region.channel];
      if (!survival) return { region, ...NOTHING, swept };
      const outcomes = survival.components.map((component) => outcomeOf(component, scales));
      const order = outcomes.map((_, c) => c);
      // Stable sort: among components that vanish at the same scale, the largest stays first.
      if (sort === "vanishing") order.sort((a, b) => rankOf(outcomes[a]) - rankOf(outcomes[b]));
      return {
        region,
        survival,
        outcome: outcomeOf(survival, scales),
        outcomes,
        components: outcomes.length + survival.rest.components,
        vanishing: outcomes.filter(({ kind }) => kind === "vanishes").length,
        order,
        swept,
      };
    }),
);

/** Every region, in table order. */
export const selectSurvivalRows = memo(
  (s: AppState) => [selectJudgedRows(s), s.survivalList.sort],
  (rows, sort): readonly SurvivalRow[] => {
    const voxels = (row: SurvivalRow) => row.survival?.voxels ?? row.region.fullVoxels ?? 0;
    if (sort === "size") return [...rows].sort((a, b) => voxels(b) - voxels(a));
    if (sort === "order") return rows;
    const earliest = (row: SurvivalRow) => rankOf(row.outcomes[row.order[0] ?? 0]);
    return [...rows].sort(
      (a, b) => rankOf(a.outcome) - rankOf(b.outcome) || earliest(a) - earliest(b) || voxels(a) - voxels(b),
    );
  },
);

/** Ranks earlier vanishing lower, and all that the loss misses below what it does not use. */
function rankOf(outcome: SurvivalOutcome | null | undefined): number {
  if (outcome?.kind === "vanishes") return outcome.scale;
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
      readonly swept: SweptSurvival | null;
    }
  | { readonly kind: "rest"; readonly row: SurvivalRow; readonly survival: RegionSurvival };

/** Returns the rows of the table: regions, each followed by its components if expanded. */
export function survivalLines(
  rows: readonly SurvivalRow[],
  { onlyVanishing }: Pick<SurvivalList, "onlyVanishing">,
  expanded: ReadonlySet<string>,
): SurvivalLine[] {
  const lines: SurvivalLine[] = [];
  for (const row of rows) {
    if (onlyVanishing && row.outcome?.kind !== "vanishes" && row.vanishing === 0) continue;
    const open = expanded.has(row.region.name) && row.survival !== null;
    lines.push({ kind: "region", row, expanded: open });
    if (!open || !row.survival) continue;
    for (const component of row.order) {
      const survival = row.survival.components[component];
      const outcome = row.outcomes[component];
      if (!survival || !outcome || (onlyVanishing && outcome.kind !== "vanishes")) continue;
      const swept = row.swept?.components[component] ?? null;
      lines.push({ kind: "component", row, component, survival, outcome, swept });
    }
    if (row.survival.rest.components > 0) lines.push({ kind: "rest", row, survival: row.survival });
  }
  return lines;
}

export interface SurvivalTally {
  readonly regions: number;
  readonly regionsVanishing: number;
  readonly components: number;
  readonly vanishing: number;
}

/** Null until all regions are known. */
export const selectSurvivalTally = memo(
  (s: AppState) => [selectJudgedRows(s)],
  (rows): SurvivalTally | null => {
    if (rows.length === 0 || rows.some((row) => row.survival === null)) return null;
    const sum = (count: (row: SurvivalRow) => number) => rows.reduce((total, row) => total + count(row), 0);
    return {
      regions: rows.length,
      regionsVanishing: sum((row) => (row.outcome?.kind === "vanishes" ? 1 : 0)),
      components: sum((row) => row.components),
      vanishing: sum((row) => row.vanishing),
    };
  },
);

/** A component with its region's index in the table and its own index among that region's components. */
interface Standing {
  readonly place: SurvivalPlace;
  readonly row: number;
  readonly position: number;
}

/** The components that vanish at a scale used in the loss, in table order. */
const selectVanishing = memo(
  (s: AppState) => [selectSurvivalRows(s)],
  (rows): readonly Standing[] =>
    rows.flatMap(({ region, order, outcomes }, row) =>
      order.flatMap((component, position) =>
        outcomes[component]?.kind === "vanishes"
          ? [{ place: { region: region.name, component }, row, position }]
          : [],
      ),
    ),
);

/** Returns the one after (or before) the cursor, wrapping around; null if nothing vanishes. */
export function nextVanishing(s: AppState, by: 1 | -1): SurvivalPlace | null {
  const all = selectVanishing(s);
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
  /** Position among the components that vanish, from 1; null if this one does not. */
  readonly nth: number | null;
  readonly of: number;
}

/** Facts about the component moved to, while its region is selected. */
export const selectStepFacts = memo(
  (s: AppState) => [s.survivalStep, selectSurvivalRows(s), selectVanishing(s), s.selectedRegion],
  (step, rows, vanishing, selected): StepFacts | null => {
    if (step?.kind !== "at" || step.place.region !== selected) return null;
    const { region, component } = step.place;
    const row = rows.find((candidate) => candidate.region.name === region);
    const survival = row?.survival?.components[component ?? -1];
    const outcome = row?.outcomes[component ?? -1];
    if (!row || !survival || !outcome || component === null) return null;
    const at = vanishing.findIndex(({ place }) => place.region === region && place.component === component);
    return { row, component, survival, outcome, nth: at < 0 ? null : at + 1, of: vanishing.length };
  },
);
