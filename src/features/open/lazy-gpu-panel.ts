/** Loads the panel about a missing GPU only when it is shown. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const gpuPanel = later(async () => (await import("./gpu-panel.tsx")).GpuPanel);
