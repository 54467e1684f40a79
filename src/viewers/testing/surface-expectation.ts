/** Expectations of the 3D view's tests. */
import { expect } from "vitest";
import type { Rgb } from "../../base/oklab.ts";
import { downsample } from "../../domain/targets/reference.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { voxelSource } from "../surface3d/occupancy-grid.ts";
import { type RaySetup, raySetup } from "../surface3d/ray-setup.ts";
import type { SurfaceRenderer } from "../surface3d/surface-renderer.ts";
import type { SurfaceView } from "../surface3d/surface-scene.ts";
import { colorsOf, maskAtScale, readTexture, residentOf, type SurfaceCase } from "./surface-fixture.ts";
import { drawSurface } from "./surface-reference.ts";
import { drawTransparent, type TransparentLayer } from "./transparent-reference.ts";

/** Share of pixels that may differ, where a ray runs so close to an edge that rounding decides. */
const MAX_OFF = 0.001;
/** Tolerance of a colour, of 255, for rounding. */
const MAX_ROUNDING = 2;

function expectedOf(testCase: SurfaceCase, view: SurfaceView, rays: RaySetup) {
  const { layers, scale, background, sizePx } = view;
  if (!view.entryColors && layers.every(({ opacity = 1 }) => opacity === 1))
    return drawSurface({ rays, colors: colorsOf(testCase, scale, layers), background }, sizePx);
  const seen = layers.map((layer): TransparentLayer => {
    const { color, opacity = 1 } = layer;
    return { color, opacity, mask: maskAtScale(testCase, scale, layer) };
  });
  const shown = view.entryColors ? byEntry(testCase, view, view.entryColors) : seen.toReversed();
  return drawTransparent({ rays, layers: shown, background }, sizePx);
}

/** Each palette entry as a layer of its own, as opaque as the most opaque layer that contains it. */
function byEntry({ source, table, targets }: SurfaceCase, view: SurfaceView, colors: readonly Rgb[]) {
  const placed = targets.scales[view.scale];
  if (source.kind !== "labels" || !table || !placed) throw new Error("only labels have entries");
  const entries = downsample(Uint32Array.from(source.volume.indices), targets.shape, placed.tables);
  return colors.flatMap((color, entry): TransparentLayer[] => {
    const over = view.layers.filter(({ channel }) => {
      const bits = table.bits[(channel >>> 5) * table.paletteSize + entry] ?? 0;
      return ((bits >>> (channel & 31)) & 1) === 1;
    });
    if (over.length === 0) return [];
    const opacity = Math.max(...over.map((layer) => layer.opacity ?? 1));
    return [{ color, opacity, mask: Uint8Array.from(entries, (of) => (of === entry ? 1 : 0)) }];
  });
}

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
  const resident = await residentOf(gpu, testCase);
  const isSplit = (voxelSource(resident.shown, view.scale)?.slabs.length ?? 1) > 1;
  const expected = expectedOf(testCase, isSplit ? opaque(view) : view, rays);
  renderer.setCase(resident.shown);
  renderer.set(view);
  expect(renderer.dirty).toBe(true);
  gpu.submit("surface", (encoder) => renderer.encode(encoder));
  // Some pictures need a pipeline that is built on first use.
  await expect.poll(() => renderer.picture !== null && !renderer.awaits).toBe(true);
  if (renderer.dirty) gpu.submit("surface", (encoder) => renderer.encode(encoder));
  expect(renderer.dirty).toBe(false);
  expect(renderer.onlyOpaque).toBe(isSplit && view.layers.some(({ opacity = 1 }) => opacity < 1));
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

/** What is drawn of voxels in several buffers: a ray through transparent layers reads one. */
function opaque(view: SurfaceView): SurfaceView {
  return { ...view, layers: view.layers.map(({ opacity: _, ...layer }) => layer) };
}
