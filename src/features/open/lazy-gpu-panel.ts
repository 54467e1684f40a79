/** What the welcome page says of the GPU; its script is fetched later. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const gpuPanel = later(async () => (await import("./gpu-panel.tsx")).GpuPanel);
