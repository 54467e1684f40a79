/** Fields whose script loads later. Until then, the page shows the values alone. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const voxelField = lazyView(async () => (await import("./fields.tsx")).VoxelField);
export const positionField = lazyView(async () => (await import("./fields.tsx")).PositionField);
export const sliceField = lazyView(async () => (await import("./fields.tsx")).SliceField);
export const copyPosition = lazyView(
  async () => (await import("./fields.tsx")).CopyPosition,
  <span className="icon-button copy-position" />,
);
