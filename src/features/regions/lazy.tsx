/** Parts of the list of regions whose scripts are fetched later. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const regionBar = later(
  async () => (await import("./region-bar.tsx")).RegionBar,
  <div className="region-bar" />,
);
