/** Finds components in the slow, obvious way, to test the fast one. */
import type { Triple } from "../geometry/grid.ts";

/**
 * Voxels (C order) of every 26-connected component of a mask, each ascending, in the order of their first
 * voxels.
 */
export function floodFill(mask: Uint8Array, [depth, height, width]: Triple): number[][] {
  const seen = new Uint8Array(mask.length);
  const found: number[][] = [];
  for (let first = 0; first < mask.length; first++) {
    if (!mask[first] || seen[first]) continue;
    const members: number[] = [];
    const open = [first];
    seen[first] = 1;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      members.push(at);
      const z = Math.floor(at / (height * width));
      const y = Math.floor(at / width) % height;
      const x = at % width;
      for (let nz = z - 1; nz <= z + 1; nz++)
        for (let ny = y - 1; ny <= y + 1; ny++)
          for (let nx = x - 1; nx <= x + 1; nx++) {
            if (nz < 0 || ny < 0 || nx < 0 || nz >= depth || ny >= height || nx >= width) continue;
            const next = (nz * height + ny) * width + nx;
            if (!mask[next] || seen[next]) continue;
            seen[next] = 1;
            open.push(next);
          }
    }
    found.push(members.sort((a, b) => a - b));
  }
  return found;
}

/** Sorts largest first, as `components` does. */
export function bySize(found: readonly number[][]): number[][] {
  return found
    .map((members, order) => ({ members, order }))
    .sort((a, b) => b.members.length - a.members.length || a.order - b.order)
    .map(({ members }) => members);
}
