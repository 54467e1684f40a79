/** Defines the tree of structures in the phantom. */
import { randomFrom } from "../../base/random.ts";
import type { Triple } from "../geometry/grid.ts";

/**
 * An ellipsoid within its parent. Centre and radii are fractions of the parent's radii; axes are z (S), y
 * (A), x (R).
 */
export interface Structure {
  readonly name: string;
  readonly parent: number | null;
  readonly centre: Triple;
  readonly radii: Triple;
}

/** Hand-placed trunk organs, so that the first regions look familiar; R is patient right. */
const ORGANS: readonly Structure[] = [
  { name: "body", parent: null, centre: [0, 0, 0], radii: [0.98, 0.66, 0.86] },
  { name: "liver", parent: 0, centre: [0.2, 0.2, 0.42], radii: [0.36, 0.52, 0.4] },
  { name: "liver tumour", parent: 1, centre: [0.1, 0.15, 0.1], radii: [0.32, 0.32, 0.32] },
  { name: "tumour core", parent: 2, centre: [0.1, -0.1, 0.1], radii: [0.5, 0.5, 0.5] },
  { name: "kidney right", parent: 0, centre: [-0.22, -0.4, 0.34], radii: [0.2, 0.2, 0.13] },
  { name: "kidney left", parent: 0, centre: [-0.16, -0.4, -0.36], radii: [0.2, 0.2, 0.13] },
  { name: "spine", parent: 0, centre: [0, -0.66, 0], radii: [0.9, 0.2, 0.13] },
  { name: "spinal canal", parent: 6, centre: [0, -0.36, 0], radii: [0.94, 0.4, 0.36] },
  { name: "spleen", parent: 0, centre: [0.24, -0.12, -0.56], radii: [0.2, 0.3, 0.18] },
  { name: "stomach", parent: 0, centre: [0.3, 0.36, -0.3], radii: [0.2, 0.3, 0.24] },
  { name: "stomach wall lesion", parent: 9, centre: [0.4, 0.4, -0.2], radii: [0.22, 0.22, 0.22] },
  { name: "kidney cyst", parent: 4, centre: [0.3, 0.1, 0.2], radii: [0.35, 0.45, 0.5] },
  { name: "aorta", parent: 0, centre: [0, -0.36, -0.08], radii: [0.94, 0.08, 0.06] },
  { name: "bladder", parent: 0, centre: [-0.72, 0.2, 0], radii: [0.16, 0.3, 0.22] },
  { name: "bowel", parent: 0, centre: [-0.36, 0.34, -0.04], radii: [0.24, 0.4, 0.42] },
  { name: "bowel loop", parent: 14, centre: [0.1, 0.1, 0.3], radii: [0.5, 0.5, 0.4] },
];

/** The first `count` structures: the named ones, then nodules inside them, with parents always first. */
export function anatomy(count: number, seed: number): Structure[] {
  const random = randomFrom(seed);
  const structures = ORGANS.slice(0, count);
  for (let i = structures.length; i < count; i++) {
    const parent = i % 3 === 0 ? 0 : 1 + Math.floor(random() * Math.min(i - 1, ORGANS.length - 1));
    const direction: Triple = [random() - 0.5, random() - 0.5, random() - 0.5];
    const reach = 0.7 / Math.hypot(...direction);
    const distance = Math.cbrt(0.1 + 0.9 * random()) * reach;
    const size = (parent === 0 ? 0.05 : 0.16) * (0.6 + random());
    structures.push({
      name: `nodule ${i - ORGANS.length + 1}`,
      parent,
      centre: [direction[0] * distance, direction[1] * distance, direction[2] * distance],
      radii: [size * (0.8 + 0.5 * random()), size * (0.8 + 0.5 * random()), size * (0.8 + 0.5 * random())],
    });
  }
  return structures;
}
