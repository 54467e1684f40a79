/** Toolbar parts whose scripts load later. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const windowPopup = later(async () => (await import("./window-popup.tsx")).WindowPopup);
export const legendPopup = later(async () => (await import("./legend-popup.tsx")).LegendPopup);
export const stridesEditor = later(async () => (await import("./strides-editor.tsx")).StridesEditor);
export const gridStrip = later(
  async () => (await import("./grid-slice-track.tsx")).GridStrip,
  <div className="slice-strip" data-orientation="vertical" />,
);
export const targetsControls = later(async () => (await import("./targets-controls.tsx")).TargetsControls);
