/** Loads the panel about a missing GPU only when it is shown. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const gpuPanel = lazyView(async () => (await import("./gpu-panel.tsx")).GpuPanel);
