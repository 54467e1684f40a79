/** A 3D view without clipping. */
import type { SolidCut } from "../surface3d/surface-scene.ts";

export const NO_CUT: SolidCut = ["none", "none", "none"];
