/** Fields whose script loads later. Until then, the page shows the values alone. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

const load = () => import("./fields.tsx");

export const voxelField = lazyView(async () => (await load()).VoxelField);
export const positionField = lazyView(async () => (await load()).PositionField);
export const sliceField = lazyView(async () => (await load()).SliceField);
export const copyPosition = lazyView(
  async () => (await load()).CopyPosition,
  <span className="icon-button copy-position" />,
);
