/** Selectors for what the Compare view compares with what. */
import { memo } from "../../base/memo.ts";
import type { ComparedSide } from "../../domain/analysis/overlap-counts.ts";
import { regionColors } from "../../domain/colors/region-colors.ts";
import { freeName } from "../../domain/dataset/label-entry-index.ts";
import { type Comparable, haveCommonName, type MatchedRow } from "../../domain/dataset/matched-regions.ts";
import type { Region, RegionSet } from "../../domain/dataset/region-set.ts";
import { type RegionTable, regionTable } from "../../domain/dataset/region-table.ts";
import type { SamplingMode } from "../../domain/targets/deep-supervision.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import { type MaskStack, type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import {
  selectDrawnRegions,
  selectDrawnTable,
  selectRegionSet,
  selectRegionTable,
  selectStrides,
  selectTrainer,
} from "../../state/case/case-selectors.ts";
import { isMinusOneOutside, isSavedGrid } from "../../state/case/minus-one.ts";
import { selectPatch } from "../../state/case/shown-patch.ts";
import { selectShownSecond } from "../../state/case/shown-second.ts";
import { selectShownTargets } from "../../state/case/shown-targets.ts";
import type { ComparedRow, CompareQuery, SecondLabels } from "../../state/slices/compare-slice.ts";
import { type Mask, rowsOfDefinitions, rowsOfFiles, rowsOfMasks } from "./compare-rows.ts";

/** The case's side, before rows are added that only one of the two sides has. */
interface Own {
  readonly set: RegionSet;
  readonly side: ComparedSide;
}

/** What differs between the two sides, and what the channels are. */
type Sides = Pick<CompareQuery, "a" | "b" | "rows"> & Partial<Pick<CompareQuery, "matchedBy">>;

/** The current comparison; null while there is nothing to compare with. */
export const selectCompareQuery = memo(
  (s: AppState) => [
    s.openCase?.source,
    selectRegionSet(s),
    selectRegionTable(s),
    selectDrawnRegions(s),
    selectDrawnTable(s),
    selectShownTargets(s),
    selectOtherMode(s),
    s.sliceScale,
    s.compareKind,
    s.compareScale,
    s.compareKind === "definition" ? s.otherDefinition : null,
    s.compareKind === "file" ? selectShownSecond(s) : null,
    s.compareKind === "file" ? s.secondLabels : null,
    s.compareKind === "file" ? s.definition : null,
    s.openCase?.labelNames,
    s.openCase?.trained != null,
    isMinusOneOutside(s.openCase),
  ],
  (
    source,
    set,
    table,
    drawnRegions,
    drawnTable,
    targets,
    modeTargets,
    sliceScale,
    kind,
    otherScale,
    otherDefinition,
    second,
    secondLabels,
    definition,
    labelNames = [],
    isTrained,
    isOutside,
  ): CompareQuery | null => {
    if (!source || !set || !targets) return null;
    const last = Math.max(0, targets.scales.length - 1);
    const own: Own = { set, side: { source, table, targets, scale: Math.min(sliceScale, last) } };
    const query = (sides: Sides): CompareQuery => ({
      kind,
      channels: sides.rows.length,
      matchedBy: null,
      regions: set.regions.length,
      ...sides,
      rows: withOwnNames(sides.rows, set.regions.length),
    });
    const same = (differing: Partial<ComparedSide>): CompareQuery => {
      const a = { ...own.side, table: drawnTable };
      const rows = drawnRegions.map((region) => shown(region));
      return { ...query({ a, b: { ...a, ...differing }, rows }), regions: rows.length };
    };
    switch (kind) {
      case "scale":
        return same({ scale: Math.min(otherScale, last) });
      case "mode":
        return modeTargets ? same({ targets: modeTargets }) : null;
      case "definition": {
        if (!otherDefinition || source.kind !== "labels") return null;
        return query(labelSides(own, source, rowsOfDefinitions(set, otherDefinition.definition), labelNames));
      }
      case "file": {
        if (!second || !secondLabels) return null;
        const { labels = [] } = drawnRegions[set.regions.length] ?? {};
        const inNoRegion = labels.filter((label) => label !== -1 || !isOutside);
        const minusOneIsLabel = !isTrained && !isSavedGrid(secondLabels);
        const names = { labelNames, definition, inNoRegion };
        return query(sidesOfFiles(own, second, { ...secondLabels, minusOneIsLabel }, names));
      }
    }
  },
);

function sidesOfFiles(
  own: Own,
  second: Source,
  file: SecondLabels & { readonly minusOneIsLabel: boolean },
  names: Parameters<typeof rowsOfFiles>[1],
): Sides {
  if (own.side.source.kind === "masks" || second.kind === "masks") return maskSides(own, second);
  const { rows, matchedBy, ...tables } = rowsOfFiles(own.set, names, { ...file, volume: second.volume });
  const sides = labelSides(own, second, rows, [...names.labelNames, ...file.labelNames], tables);
  return { ...sides, matchedBy };
}

/** @param source of B */
function labelSides(
  { set, side }: Own,
  source: Source,
  rows: readonly MatchedRow[],
  labelNames: readonly LabelName[],
  tables: { readonly minusOneIsLabel?: boolean } = {},
): Sides {
  const isMore = rows.length > set.regions.length;
  const ofA = rows.map(({ a }) => regionOf(a));
  const ofB = rows.map(({ b }) => regionOf(b));
  const colors = regionColors(
    rows.map((row) => regionOf(row.a ?? row.b)),
    labelNames,
  );
  return {
    a: isMore ? { ...side, table: tableOf(side.source, ofA, tables) } : side,
    b: { ...side, source, table: tableOf(source, ofB, tables) },
    rows: rows.map(({ a, b }, i) => shown(a ?? b, b, colors[i])),
  };
}

/** The masks of both sides in one order; a mask that a side lacks is empty there. */
function maskSides({ side }: Own, second: Source): Sides {
  const { source } = side;
  if (source.kind !== "masks" || second.kind !== "masks")
    return { a: side, b: { ...side, source: second }, rows: [] };
  const rows = rowsOfMasks(source.stack, second.stack);
  const ofA = stackOf(
    source.stack,
    rows.map(({ a }) => a),
  );
  const ofB = stackOf(
    second.stack,
    rows.map(({ b }) => b),
  );
  const colors = regionColors(
    rows.map((row) => regionOf(row.a ?? row.b)),
    [],
  );
  return {
    a: { ...side, source: ofA === source.stack ? source : { kind: "masks", stack: ofA } },
    b: { ...side, source: ofB === second.stack ? second : { kind: "masks", stack: ofB } },
    rows: rows.map(({ a, b }, i) => shown(a ?? b, null, colors[i])),
    matchedBy: haveCommonName(source.stack.names, second.stack.names) ? "name" : "order",
  };
}

function stackOf(stack: MaskStack, masks: readonly (Mask | null)[]): MaskStack {
  const isSame = masks.length === stack.names.length && masks.every((mask, i) => mask?.channel === i);
  if (isSame) return stack;
  const empty = new Uint32Array(stack.bitPlanes[0]?.length ?? 0);
  const planes = masks.map((mask) => (mask && stack.bitPlanes[mask.channel]) || empty);
  return { grid: stack.grid, names: masks.map((mask) => mask?.name ?? ""), bitPlanes: planes };
}

function regionOf(item: Comparable | null): Region {
  return { name: item?.name ?? "", labels: item?.labels ?? [], classOrder: null, ignore: false };
}

function shown(
  item: { readonly name: string } | null,
  inB: Comparable | null = null,
  color: ComparedRow["color"] = [1, 1, 1],
): ComparedRow {
  const name = item?.name ?? "";
  return { name, nameInB: inB?.isNamed && inB.name !== name ? inB.name : null, color };
}

/** Rows are chosen and drawn by name, and a file may give several labels the same. */
function withOwnNames(rows: readonly ComparedRow[], regions: number): readonly ComparedRow[] {
  const taken = new Set(rows.slice(0, regions).map(({ name }) => name));
  return rows.map((row, channel) => {
    if (channel < regions) return row;
    const name = taken.has(row.name) ? freeName(taken, row.name) : row.name;
    taken.add(name);
    return { ...row, name };
  });
}

/** The same targets made with nnU-Net's other downsampling mode. */
const selectOtherMode = memo(
  (s: AppState) => [s.openCase?.source, selectPatch(s), selectStrides(s), s.mode, selectTrainer(s)],
  (source, patch, strides, mode, trainer) =>
    source ? placedTargets(sourceGrid(source).shape, patch, strides, otherMode(mode), trainer) : null,
);

export function otherMode(mode: SamplingMode): SamplingMode {
  return mode === "nearest-exact" ? "resize-segmentation" : "nearest-exact";
}

function tableOf(
  source: Source,
  regions: readonly Region[],
  options: Parameters<typeof regionTable>[2],
): RegionTable | null {
  return source.kind === "labels" ? regionTable(source.volume.palette, regions, options) : null;
}
