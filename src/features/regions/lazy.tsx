/** Parts of the regions panel whose scripts load later. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const regionBar = later(
  async () => (await import("./region-bar.tsx")).RegionBar,
  <div className="region-bar" />,
);
