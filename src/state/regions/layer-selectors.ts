/** Selects the layers of shown regions, in drawing order. */
import { memo, sameList } from "../../base/memo.ts";
import type { Rgb } from "../../base/oklab.ts";
import { hexFromRgb } from "../../domain/colors/region-colors.ts";
import { entriesOfChannel } from "../../domain/dataset/region-table.ts";
import { DEFAULT_STYLE, type RegionStyle, usualStyle } from "../../domain/view/view-values.ts";
import type { AppState } from "../app-state.ts";
import { nameInNoRegion } from "../case/case-selectors.ts";
import type { CompareQuery } from "../slices/compare-slice.ts";
import { selectRows } from "./region-rows.ts";

/** A region drawn over the image; opacities are 0..1. */
export interface RegionLayer {
  readonly name: string;
  readonly hex: string;
  readonly channel: number;
  readonly color: Rgb;
  readonly style: RegionStyle;
  readonly fill: number;
  /** Opacity on the stripes of hatching; elsewhere it is `fill`. */
  readonly stripe: number;
  readonly outline: number;
}

/** Hatching must be visible even if fills are faint. */
const STRIPE_OPACITY = 0.8;

/**
 * Layers from bottom to top, in the order in which predictions are written, so that a region within another
 * is drawn over it; then the regions brought to the front. The array keeps its identity unless something
 * looks different.
 */
export const selectLayers = memo(
  (s: AppState) => [selectRows(s), s.styles, s.frontRegions, s.view.fillOpacity, s.view.outline],
  (rows, styles, frontRegions, fillOpacity, outline): readonly RegionLayer[] => {
    const layers = rows.map(({ name, hex, channel, color, inNoRegion }): RegionLayer => {
      const style = styles.get(name) ?? usualStyle(inNoRegion);
      return { name, hex, channel, color, style, ...opacities(style, fillOpacity, outline) };
    });
    const up = frontRegions.flatMap((name) => layers.find((layer) => layer.name === name) ?? []);
    return up.length === 0 ? layers : [...layers.filter((layer) => !up.includes(layer)), ...up];
  },
  { reuse: sameList(looksLike) },
);

/**
 * The same, over the rows of the comparison that is drawn which are no regions of the case. Those that the
 * case has take the place of its row of labels in no region, and are shown and hidden with it; the others
 * hide while regions are shown alone.
 */
export const selectComparedLayers = memo(
  (s: AppState) => [selectLayers(s), s.compareDrawn, s.solo, s.view.fillOpacity, s.view.outline],
  (layers, drawn, solo, fillOpacity, outline): readonly RegionLayer[] => {
    // Scales and modes are of the case as it is drawn everywhere.
    if (!drawn || drawn.kind === "scale" || drawn.kind === "mode") return layers;
    const ofRegions = layers.filter(({ channel }) => channel < drawn.regions);
    const isRestShown = ofRegions.length < layers.length;
    const more = drawn.rows.flatMap(({ name, color }, channel): RegionLayer[] => {
      if (channel < drawn.regions || !(isInA(drawn, channel) ? isRestShown : solo === null)) return [];
      const look = opacities(DEFAULT_STYLE, fillOpacity, outline);
      return [{ name, hex: hexFromRgb(color), channel, color, style: DEFAULT_STYLE, ...look }];
    });
    return more.length === 0 && !isRestShown ? layers : [...more, ...ofRegions];
  },
);

/**
 * The compared layers that the list has rows of, by the names of these rows. What only the other side has
 * is in no row of the list.
 */
export function layersOfOther(s: AppState): readonly RegionLayer[] {
  const { compareDrawn: drawn } = s;
  const name = nameInNoRegion(s);
  return selectComparedLayers(s).flatMap((layer) => {
    if (!drawn || layer.channel < drawn.regions) return [layer];
    return name !== undefined && isInA(drawn, layer.channel) ? [{ ...layer, name }] : [];
  });
}

/** Tells whether the case has labels of a row that is no region of it. Masks have no labels. */
function isInA({ a: { table } }: CompareQuery, channel: number): boolean {
  return table !== null && entriesOfChannel(table, channel).length > 0;
}

function opacities({ drawing, opacity }: RegionStyle, fillOpacity: number, outline: boolean) {
  const line = outline ? opacity : 0;
  const fill = fillOpacity * opacity;
  switch (drawing) {
    case "both":
      return { fill, stripe: fill, outline: line };
    case "fill":
      return { fill, stripe: fill, outline: 0 };
    case "outline":
      return { fill: 0, stripe: 0, outline: opacity };
    case "hatch":
      return { fill: 0, stripe: STRIPE_OPACITY * opacity, outline: line };
  }
}

function looksLike(a: RegionLayer, b: RegionLayer): boolean {
  return (
    a.name === b.name &&
    a.channel === b.channel &&
    a.hex === b.hex &&
    a.style === b.style &&
    a.fill === b.fill &&
    a.stripe === b.stripe &&
    a.outline === b.outline
  );
}
