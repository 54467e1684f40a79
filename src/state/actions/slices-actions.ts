import type { OwnFields } from "../../domain/view/fields.ts";
import {
  LEAST_PART,
  MAX_ZOOM,
  MIN_ZOOM,
  type PaneName,
  type PlanesView,
  type RegionStyle,
  USUAL_STYLE,
  WHOLE_PLANES,
} from "../../domain/view/view-values.ts";
import { useStore } from "../store.ts";

export function setPanes(
  change: Partial<Pick<OwnFields, "paneScale" | "maximised" | "split" | "showLost" | "outlinePx">>,
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
  useStore.setState((s) => {
    const styles = new Map(s.styles);
    const style = { ...(styles.get(name) ?? USUAL_STYLE), ...change };
    if (style.drawing === USUAL_STYLE.drawing && style.opacity === USUAL_STYLE.opacity) styles.delete(name);
    else styles.set(name, style);
    return { styles };
  });
}

export function resetStyles(): void {
  useStore.setState({ styles: new Map(), raised: [] });
}

/** Draws a region over all others, or where it lies in the list again. */
export function toggleRaised(name: string): void {
  useStore.setState((s) => {
    const others = s.raised.filter((one) => one !== name);
    return { raised: others.length < s.raised.length ? others : [...others, name] };
  });
}

function part(x: number): number {
  return Math.min(1 - LEAST_PART, Math.max(LEAST_PART, x));
}
