/** The kernels of the 3D view, each one WGSL file below `shaders/view/`. */
import bricksCode from "../../../shaders/view/solid-bricks.wgsl?raw";
import distanceCode from "../../../shaders/view/solid-distance.wgsl?raw";
import drawCode from "../../../shaders/view/solid-draw.wgsl?raw";
import marchCode from "../../../shaders/view/solid-march.wgsl?raw";
import occupancyCode from "../../../shaders/view/solid-occupancy.wgsl?raw";
import sourceCode from "../../../shaders/view/solid-source.wgsl?raw";
import wordsCode from "../../../shaders/view/solid-words.wgsl?raw";
import type { Kernel } from "../../gpu/kernel.ts";

const kernel = (label: string, ...parts: readonly string[]): Kernel => ({ label, code: parts.join("\n") });

const distance = (axis: number): Kernel => ({
  ...kernel("view/solid-distance.wgsl", wordsCode, distanceCode),
  constants: { axis },
});

export const solidKernels = {
  occupancy: kernel("view/solid-occupancy.wgsl", wordsCode, sourceCode, occupancyCode),
  bricks: kernel("view/solid-bricks.wgsl", wordsCode, bricksCode),
  distances: [distance(0), distance(1), distance(2)],
  march: kernel("view/solid-march.wgsl", wordsCode, sourceCode, marchCode),
  draw: kernel("view/solid-draw.wgsl", drawCode),
} as const;
