/** Expectations of the 3D view's tests. */
import { expect } from "vitest";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { raySetup } from "../surface3d/ray-setup.ts";
import type { SurfaceRenderer } from "../surface3d/surface-renderer.ts";
import type { SurfaceView } from "../surface3d/surface-scene.ts";
import { colorsOf, readTexture, residentOf, type SurfaceCase } from "./surface-fixture.ts";
import { drawSurface } from "./surface-reference.ts";

/** Share of pixels that may differ, where a ray runs so close to an edge that rounding decides. */
const MAX_OFF = 0.001;
/** Tolerance of a colour, of 255, for rounding. */
const MAX_ROUNDING = 2;

/**
 * Expects every pixel to match the plain version, and something, but not everything, to be visible.
 * @returns the pixels, row by row
 */
export async function expectSurfaceAsByCpu(
  gpu: Gpu,
  renderer: SurfaceRenderer,
  testCase: SurfaceCase,
  view: SurfaceView,
): Promise<Uint32Array> {
  const { source, targets } = testCase;
  const size = view.sizePx;
  const placed = targets.scales[view.scale];
  const rays = placed && raySetup(sourceGrid(source), targets, placed, view, size);
  if (!rays) throw new Error("nothing to draw");
  const colors = colorsOf(testCase, view.scale, view.layers);
  const expected = drawSurface({ rays, colors, background: view.background }, size);
  const resident = await residentOf(gpu, testCase);
  renderer.setCase(resident.shown);
  renderer.set(view);
  expect(renderer.dirty).toBe(true);
  gpu.submit("surface", (encoder) => renderer.encode(encoder));
  expect(renderer.dirty).toBe(false);
  const { picture } = renderer;
  if (!picture) throw new Error("no picture");
  expect(picture.drawn).toEqual(size);
  const actual = await readTexture(gpu, picture.color, size);
  const off: string[] = [];
  for (const [i, pixel] of actual.entries()) {
    const rgb = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
    const wanted = expected.pixels.subarray(i * 3, i * 3 + 3);
    if (rgb.every((c, k) => Math.abs(c - (wanted[k] ?? -1)) <= MAX_ROUNDING)) continue;
    off.push(`(${i % size[0]}, ${Math.floor(i / size[0])}): ${rgb} for ${[...wanted].map(Math.round)}`);
  }
  const isFew = off.length <= MAX_OFF * actual.length;
  expect(isFew ? [] : [`${off.length} pixels`, ...off.slice(0, 5)]).toEqual([]);
  const seen = expected.hits.reduce((n, hit) => n + (hit > 0 ? 1 : 0), 0);
  expect(seen).toBeGreaterThan(actual.length / 20);
  expect(seen).toBeLessThan(actual.length);
  renderer.setCase(null);
  resident.dispose();
  return actual;
}
