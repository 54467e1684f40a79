/** A 3D view without clipping. */
import type { Clip } from "../surface3d/surface-scene.ts";

export const NO_CLIP: Clip = ["none", "none", "none"];
