/** Parts of the regions panel whose scripts load later. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const regionBar = lazyView(
  async () => (await import("./region-bar.tsx")).RegionBar,
  <div className="region-bar" />,
);
export const rowGrip = lazyView(async () => (await import("./row-grip.tsx")).RowGrip);

export const dotsLegend = lazyView(
  async () => (await import("./dots-legend.tsx")).DotsLegend,
  <p className="dots-legend" />,
);
