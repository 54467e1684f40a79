/** Selectors for the survival table: sorted regions and components with what happens to them. */
import { memo } from "../../base/memo.ts";
import {
  type ComponentSurvival,
  type Presence,
  type RegionSurvival,
  vanishesForLoss,
} from "../../domain/analysis/survival.ts";
import type { RegionSweep, SweptPresence } from "../../domain/analysis/survival-sweep.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectShownScales, selectSurvivalAnswer, selectSweepAnswer } from "../../state/case/shown-patch.ts";
import { type RegionRow, selectRegionRows } from "../../state/regions/region-rows.ts";
import type { SurvivalList, SurvivalPlace } from "../../state/slices/survival-slice.ts";

/**
 * - `vanishes`: at a scale used in the loss; `scale` is the first one;
 * - `weightless`: only at scales that the loss does not use;
 * - `outside`: not in the patch to begin with;
 * - `absent`: not in the case either.
 */
export type Fate =
  | { readonly kind: "kept" }
  | { readonly kind: "vanishes" | "weightless"; readonly scale: number }
  | { readonly kind: "outside" | "absent" };

export function fateOf(presence: Presence, scales: readonly Scale[]): Fate {
  if (presence.voxels === 0) return { kind: "absent" };
  if (presence.inPatch === 0) return { kind: "outside" };
  const forLoss = vanishesForLoss(presence, scales);
  if (forLoss !== null) return { kind: "vanishes", scale: forLoss };
  return presence.vanishesAt === null ? { kind: "kept" } : { kind: "weightless", scale: presence.vanishesAt };
}

export interface SurvivalRow {
  readonly region: RegionRow;
  /** Null while being computed. */
  readonly survival: RegionSurvival | null;
  readonly fate: Fate | null;
  /** One per listed component. */
  readonly fates: readonly Fate[];
  /** Number of all components, including unlisted ones. */
  readonly components: number;
  /** Number of listed components that vanish at a scale used in the loss. */
  readonly vanishing: number;
  /** Indices of the listed components in table order. */
  readonly order: readonly number[];
  readonly swept: RegionSweep | null;
}

const NOTHING = { survival: null, fate: null, fates: [], components: 0, vanishing: 0, order: [] } as const;

const selectJudgedRows = memo(
  (s: AppState) => [
    selectRegionRows(s),
    selectSurvivalAnswer(s),
    selectShownScales(s),
    selectSweepAnswer(s),
    s.survivalList.sort,
  ],
  (rows, answer, scales, sweep, sort): readonly SurvivalRow[] =>
    rows.map((region) => {
      const swept = sweep?.sweep.regions[region.channel] ?? null;
      const survival = answer?.regions[region.channel];
      if (!survival) return { region, ...NOTHING, swept };
      const fates = survival.components.map((component) => fateOf(component, scales));
      const order = fates.map((_, c) => c);
      // Stable sort: among components that vanish at the same scale, the largest stays first.
      if (sort === "vanishing") order.sort((a, b) => rankOf(fates[a]) - rankOf(fates[b]));
      return {
        region,
        survival,
        fate: fateOf(survival, scales),
        fates,
        components: fates.length + survival.rest.components,
        vanishing: fates.filter(({ kind }) => kind === "vanishes").length,
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
    const earliest = (row: SurvivalRow) => rankOf(row.fates[row.order[0] ?? 0]);
    return [...rows].sort(
      (a, b) => rankOf(a.fate) - rankOf(b.fate) || earliest(a) - earliest(b) || voxels(a) - voxels(b),
    );
  },
);

/** Ranks earlier vanishing lower, and all that the loss misses below what it does not use. */
function rankOf(fate: Fate | null | undefined): number {
  if (fate?.kind === "vanishes") return fate.scale;
  if (fate?.kind === "weightless") return 1000 + fate.scale;
  return fate?.kind === "kept" ? 2000 : 3000;
}

export type SurvivalLine =
  | { readonly kind: "region"; readonly row: SurvivalRow; readonly expanded: boolean }
  | {
      readonly kind: "component";
      readonly row: SurvivalRow;
      readonly component: number;
      readonly survival: ComponentSurvival;
      readonly fate: Fate;
      readonly swept: SweptPresence | null;
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
    if (onlyVanishing && row.fate?.kind !== "vanishes" && row.vanishing === 0) continue;
    const open = expanded.has(row.region.name) && row.survival !== null;
    lines.push({ kind: "region", row, expanded: open });
    if (!open || !row.survival) continue;
    for (const component of row.order) {
      const survival = row.survival.components[component];
      const fate = row.fates[component];
      if (!survival || !fate || (onlyVanishing && fate.kind !== "vanishes")) continue;
      const swept = row.swept?.components[component] ?? null;
      lines.push({ kind: "component", row, component, survival, fate, swept });
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
      regionsVanishing: sum((row) => (row.fate?.kind === "vanishes" ? 1 : 0)),
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
    rows.flatMap(({ region, order, fates }, row) =>
      order.flatMap((component, position) =>
        fates[component]?.kind === "vanishes"
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
  const count = row?.fates.length ?? 0;
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
  readonly fate: Fate;
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
    const fate = row?.fates[component ?? -1];
    if (!row || !survival || !fate || component === null) return null;
    const at = vanishing.findIndex(({ place }) => place.region === region && place.component === component);
    return { row, component, survival, fate, nth: at < 0 ? null : at + 1, of: vanishing.length };
  },
);
