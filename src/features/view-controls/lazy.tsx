/** Toolbar parts whose scripts load later. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const windowPopup = lazyView(async () => (await import("./window-popup.tsx")).WindowPopup);
export const legendPopup = lazyView(async () => (await import("./legend-popup.tsx")).LegendPopup);
export const stridesEditor = lazyView(async () => (await import("./strides-editor.tsx")).StridesEditor);
export const gridTrack = lazyView(
  async () => (await import("./grid-slice-track.tsx")).GridTrack,
  <div className="slice-track" data-orientation="vertical" />,
);
export const targetsControls = lazyView(async () => (await import("./targets-controls.tsx")).TargetsControls);
