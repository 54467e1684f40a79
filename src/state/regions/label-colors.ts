/** Selectors of the colours of labels, for colouring voxels by label. */
import { memo } from "../../base/memo.ts";
import type { Rgb } from "../../base/oklab.ts";
import { hexFromRgb, regionColor, visibleColor } from "../../domain/colors/region-colors.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import { valueText } from "../../domain/volume/float32.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnRegions, selectDrawnTable, selectRegionSet } from "../case/case-selectors.ts";
import { isMinusOneOutside } from "../case/minus-one.ts";
import { colorsByLabel, selectFileColors } from "./color-source.ts";
import { selectLabelNames } from "./label-names.ts";
import { type RegionLayer, selectLayers } from "./layer-selectors.ts";
import { selectRegionRows } from "./region-rows.ts";

/** Number of automatic colours after which they repeat. */
const MAX_FRESH = 400;

/**
 * A colour per palette entry. A region of this label alone gives its colour, so that a colour the user chose
 * applies here too; then the label file; then the next automatic colour that neither a label nor a region
 * has, because the region list beside the picture shows the colours of regions.
 */
export const selectEntryColors = memo(
  (s: AppState) => [s.openCase, selectRegionSet(s), selectRegionRows(s), selectFileColors(s)],
  (openCase, set, rows, fromFile): readonly Rgb[] => {
    if (openCase?.source.kind !== "labels") return [];
    const known = new Map<number, Rgb>();
    for (const { value, color } of fromFile) if (color) known.set(value, visibleColor(color));
    for (const [channel, { labels }] of (set?.regions ?? []).entries()) {
      const [row, only] = [rows[channel], labels[0]];
      if (row && labels.length === 1 && only !== undefined) known.set(only, row.color);
    }
    const palette = [...openCase.source.volume.palette];
    const taken = new Set([
      ...palette.flatMap((value) => hexOf(known.get(value))),
      ...rows.map(({ hex }) => hex),
    ]);
    let next = 0;
    const fresh = () => {
      let color = regionColor(next++);
      while (taken.has(hexFromRgb(color)) && next < MAX_FRESH) color = regionColor(next++);
      return color;
    };
    const isOutside = isMinusOneOutside(openCase);
    const isLabel = (value: number) => value !== 0 && !(value === -1 && isOutside);
    return palette.map((value) => known.get(value) ?? (isLabel(value) ? fresh() : [0, 0, 0]));
  },
);

/** {@link selectEntryColors} if voxels are coloured by label; null if by region. */
export function shownEntryColors(s: AppState): readonly Rgb[] | null {
  return colorsByLabel(s) ? selectEntryColors(s) : null;
}

function hexOf(color: Rgb | undefined): string[] {
  return color ? [hexFromRgb(color)] : [];
}

/** Colour and opacities of the voxels of one palette entry. */
interface EntryStyle {
  readonly color: Rgb;
  readonly fill: number;
  readonly stripe: number;
}

/**
 * The style of each palette entry: the label's colour with the highest opacities of the layers that contain
 * it, or 0 if none does. The array keeps its identity while nothing changes. Null if voxels are coloured by
 * region.
 */
export function entryStyles(s: AppState, layers: readonly RegionLayer[]): readonly EntryStyle[] | null {
  const table = selectDrawnTable(s);
  if (!table || !colorsByLabel(s)) return null;
  return tintsOf({ table, layers, colors: selectEntryColors(s) });
}

interface TintInputs {
  readonly table: RegionTable;
  readonly layers: readonly RegionLayer[];
  readonly colors: readonly Rgb[];
}

const tintsOf = memo(
  ({ table, layers, colors }: TintInputs) => [table, layers, colors],
  (table, layers, colors): readonly EntryStyle[] =>
    colors.map((color, entry) => {
      const over = layers.filter(({ channel }) => hasEntry(table, channel, entry));
      return {
        color,
        fill: Math.max(0, ...over.map(({ fill }) => fill)),
        stripe: Math.max(0, ...over.map(({ stripe }) => stripe)),
      };
    }),
);

function hasEntry(table: RegionTable, channel: number, entry: number): boolean {
  const bits = table.bits[(channel >>> 5) * table.paletteSize + entry] ?? 0;
  return ((bits >>> (channel & 31)) & 1) === 1;
}

/** A label of a region, with its colour if the volume has such voxels. */
export interface RegionLabel {
  readonly value: number;
  readonly hex: string | null;
}

/** The labels of each row with their colours, by channel; null if voxels are coloured by region. */
export const selectRegionLabels = memo(
  (s: AppState) => [s.openCase, selectDrawnRegions(s), selectEntryColors(s), colorsByLabel(s)],
  (openCase, regions, colors, byLabel): readonly (readonly RegionLabel[])[] | null => {
    if (!byLabel || openCase?.source.kind !== "labels") return null;
    const known = new Map([...openCase.source.volume.palette].map((value, entry) => [value, colors[entry]]));
    return regions.map(({ labels }) =>
      labels.map((value) => ({ value, hex: hexOf(known.get(value))[0] ?? null })),
    );
  },
);

/** One row of the legend. */
export interface LegendLabel {
  readonly value: number;
  readonly name: string;
  readonly hex: string;
}

/** Labels of the volume that are in a shown region, ascending; null if voxels are coloured by region. */
export const selectLegendLabels = memo(
  (s: AppState) => [
    s.openCase,
    selectDrawnTable(s),
    selectLayers(s),
    selectLabelNames(s),
    selectEntryColors(s),
    colorsByLabel(s),
  ],
  (openCase, table, layers, names, colors, byLabel): readonly LegendLabel[] | null =>
    byLabel && table && openCase?.source.kind === "labels"
      ? legendOf(openCase.source.volume.palette, table, layers, names, colors)
      : null,
);

function legendOf(
  palette: Float64Array,
  table: RegionTable,
  layers: readonly RegionLayer[],
  names: ReadonlyMap<number, string>,
  colors: readonly Rgb[],
): readonly LegendLabel[] {
  return Array.from(palette, (value, entry) => ({ value, entry }))
    .filter(({ entry }) => layers.some(({ channel }) => hasEntry(table, channel, entry)))
    .map(({ value, entry }) => ({
      value,
      name: names.get(value) ?? `label ${valueText(value)}`,
      hex: hexFromRgb(colors[entry] ?? [0, 0, 0]),
    }));
}
