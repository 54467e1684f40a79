/** Shown regions as they are laid over one another. */
import { memo, sameList } from "../../base/memo.ts";
import type { Rgb } from "../../base/oklab.ts";
import { DEFAULT_STYLE, type RegionStyle } from "../../domain/view/view-values.ts";
import type { AppState } from "../app-state.ts";
import { selectRows } from "./region-rows.ts";

/** A region over the image; opacities 0..1. */
export interface RegionLayer {
  readonly name: string;
  readonly hex: string;
  readonly channel: number;
  readonly color: Rgb;
  readonly style: RegionStyle;
  readonly fill: number;
  /** On the stripes of a hatch; elsewhere `fill`. */
  readonly stripe: number;
  readonly outline: number;
}

/** A hatch has to be seen even where fills are faint. */
const STRIPE_OPACITY = 0.8;

/**
 * From bottom to top: as prediction writes them, so that a region within another lies over it; then those
 * that were raised. Others only when they look different.
 */
export const selectLayers = memo(
  (s: AppState) => [selectRows(s), s.styles, s.frontRegions, s.view.fillOpacity, s.view.outline],
  (rows, styles, frontRegions, fillOpacity, outline): readonly RegionLayer[] => {
    const layers = rows.map(({ name, hex, channel, color }): RegionLayer => {
      const style = styles.get(name) ?? DEFAULT_STYLE;
      return { name, hex, channel, color, style, ...opacities(style, fillOpacity, outline) };
    });
    const up = frontRegions.flatMap((name) => layers.find((layer) => layer.name === name) ?? []);
    return up.length === 0 ? layers : [...layers.filter((layer) => !up.includes(layer)), ...up];
  },
  { reuse: sameList(looksLike) },
);

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
