/**
 * Compares the 3D view of the bundled spine sample with the CPU version, from two sides and at two scales.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import { fitted } from "../../domain/geometry/camera.ts";
import { type Side, VIEW_FROM } from "../../domain/geometry/orientation.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { openFiles } from "../../formats/intake/open.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { SurfaceRenderer } from "../../viewers/surface3d/surface-renderer.ts";
import type { SurfaceView } from "../../viewers/surface3d/surface-scene.ts";
import { NO_CLIP } from "../../viewers/testing/no-clip.ts";
import { expectSurfaceAsByCpu } from "../../viewers/testing/surface-expectation.ts";
import type { SurfaceCase } from "../../viewers/testing/surface-fixture.ts";

const FOLDER = "/samples/Dataset903_SpineRegions/";
const FILES = ["labelsTr/spine_002.nii.gz", "dataset.json", "nnUNetPlans.json"];
const SIZE = [220, 260] as const;

let gpu: Gpu;
let renderer: SurfaceRenderer;
let spine: SurfaceCase;
beforeAll(async () => {
  gpu = await acquireForTest();
  renderer = await SurfaceRenderer.create(gpu, "rgba8unorm");
  spine = await openSpine();
});
afterAll(() => {
  renderer.dispose();
  gpu.dispose();
});

async function openSpine(): Promise<SurfaceCase> {
  const files = await Promise.all(
    FILES.map(async (path) => ({ path, blob: await (await fetch(`${FOLDER}${path}`)).blob() })),
  );
  const { source, definition, plans } = await openFiles(files, {}, () => {});
  if (source?.kind !== "labels" || !definition) throw new Error("the sample is not as it was");
  const strides = plans?.configurations[0]?.strides;
  if (!strides) throw new Error("the sample has no scales");
  const { regions } = regionSetFromDefinition(definition);
  return {
    source,
    table: regionTable(source.volume.palette, regions),
    targets: placedTargets(source.volume.grid.shape, null, strides, "nearest-exact"),
  };
}

/** Returns a view of all regions, each in a distinct colour. */
function viewFrom(side: Side, scale: number): SurfaceView {
  const grid = sourceGrid(spine.source);
  const channels = spine.table?.channels ?? 0;
  return {
    layers: Array.from({ length: channels }, (_, channel) => ({
      channel,
      color: [(channel % 3) / 2, (channel % 4) / 3, 1 - (channel % 5) / 5] as const,
    })),
    scale,
    camera: fitted(VIEW_FROM[side], grid, { first: [0, 0, 0], shape: grid.shape }, SIZE),
    clip: NO_CLIP,
    voxel: [0, 0, 0],
    background: [0.05, 0.06, 0.08],
    sizePx: SIZE,
    interacting: false,
  };
}

describe("the spine sample in 3D", () => {
  for (const scale of [0, 1])
    it(`from A and from L, at scale ${scale}`, async () => {
      const front = await expectSurfaceAsByCpu(gpu, renderer, spine, viewFrom("A", scale));
      const left = await expectSurfaceAsByCpu(gpu, renderer, spine, viewFrom("L", scale));
      const differing = front.reduce((n, pixel, i) => n + (pixel === left[i] ? 0 : 1), 0);
      expect(differing).toBeGreaterThan(front.length / 10);
    });
});
