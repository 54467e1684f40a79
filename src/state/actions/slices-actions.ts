/** Actions for slice views: zoom and panes of Planes, and how region layers are drawn. */
import type { OwnFields } from "../../domain/view/fields.ts";
import {
  MAX_ZOOM,
  MIN_PART,
  MIN_ZOOM,
  type PaneName,
  type PlanesView,
  type RegionStyle,
  usualStyle,
  WHOLE_PLANES,
} from "../../domain/view/view-values.ts";
import { nameInNoRegion } from "../case/case-selectors.ts";
import { useStore } from "../store.ts";

export function setSliceOptions(
  change: Partial<Pick<OwnFields, "sliceScale" | "maximised" | "split" | "showDifference" | "outlinePx">>,
): void {
  useStore.setState({
    ...change,
    ...(change.split ? { split: [part(change.split[0]), part(change.split[1])] as const } : {}),
  });
}

export function setPlanes(planes: Partial<PlanesView>): void {
  useStore.setState((s) => ({ planes: { ...s.planes, ...planes } }));
}

export function zoomPlanesBy(factor: number): void {
  useStore.setState((s) => {
    const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, s.planes.zoom * factor));
    return { planes: zoom === MIN_ZOOM ? WHOLE_PLANES : { ...s.planes, zoom }, hover: null };
  });
}

export function toggleMaximised(pane: PaneName): void {
  useStore.setState((s) => ({ maximised: s.maximised === pane ? null : pane }));
}

export function setStyle(name: string, change: Partial<RegionStyle>): void {
  setStyles([name], change);
}

export function setStyles(names: readonly string[], change: Partial<RegionStyle>): void {
  useStore.setState((s) => {
    const styles = new Map(s.styles);
    for (const name of names) {
      const usual = usualStyle(name === nameInNoRegion(s));
      const style = { ...(styles.get(name) ?? usual), ...change };
      if (style.drawing === usual.drawing && style.opacity === usual.opacity) styles.delete(name);
      else styles.set(name, style);
    }
    return { styles };
  });
}

export function resetStyles(): void {
  useStore.setState({ styles: new Map(), frontRegions: [] });
}

/** Draws a region on top of all others, or back in its place in the list. */
export function toggleFront(name: string): void {
  useStore.setState((s) => {
    const others = s.frontRegions.filter((one) => one !== name);
    return { frontRegions: others.length < s.frontRegions.length ? others : [...others, name] };
  });
}

function part(x: number): number {
  return Math.min(1 - MIN_PART, Math.max(MIN_PART, x));
}
