/** Slice panes on the GPU, compared with plain loops. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Grid, type Plane, type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { ResidentCase } from "../../targets/resident/resident-case.ts";
import { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { createResidentImage } from "../shared/resident-image.ts";
import { boxLabels, randomNumbers, randomTable, readPicture } from "../testing/grid-fixture.ts";
import { drawSlices, type SliceCase } from "../testing/slice-reference.ts";
import type { Layer, SlicePane, SliceScene } from "./slice-scene.ts";
import { SliceViewer } from "./slice-viewer.ts";

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

// LAS, anisotropic; then one with permuted, oblique axes.
const plain: Grid = { shape: [13, 17, 21], toWorld: [0, 0, -0.8, 5, 0, 0.8, 0, 2, 2.5, 0, 0, -7] };
const shuffled: Grid = {
  shape: [21, 13, 17],
  toWorld: [0.1, -2.2, 0, 4, -0.9, 0.1, 0.1, 1, 0, 0.1, 1.3, -2],
};
const strides: Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [2, 2, 3],
];

const pane = (plane: Plane, x: number, y: number, changes: Partial<SlicePane> = {}): SlicePane => ({
  rect: { x, y, width: 110, height: 90 },
  plane,
  slice: null,
  targets: { side: 0, scale: 0 },
  against: null,
  zoom: 1,
  panMm: [0, 0],
  ...changes,
});

const layer = (channel: number, color: Layer["color"], changes: Partial<Layer> = {}): Layer => ({
  channel,
  color,
  fill: 0.5,
  stripe: 0.5,
  outline: 1,
  ...changes,
});

const THREE: readonly Layer[] = [
  layer(0, [0.9, 0.2, 0.1]),
  layer(3, [0.1, 0.8, 0.4], { fill: 0, stripe: 0.8 }),
  layer(4, [0.3, 0.4, 1], { fill: 0.3, stripe: 0.3, outline: 0.7 }),
];

const scene = (panes: readonly SlicePane[], changes: Partial<SliceScene> = {}): SliceScene => ({
  widthPx: 231,
  heightPx: 187,
  devicePixelRatio: 1,
  panes,
  layers: THREE,
  view: {
    convention: "radiological",
    voxel: [6, 5, 9],
    crosshair: true,
    interpolated: false,
    window: { level: 300, width: 700 },
    outlinePx: 1,
  },
  ...changes,
});

const ALL = [pane("axial", 0, 0), pane("coronal", 113, 0), pane("sagittal", 0, 93)];

function labels(grid: Grid, count: number, channels: number, seed = count): SliceCase {
  return {
    source: boxLabels(grid, count, seed),
    table: randomTable(count, channels, channels),
    targets: placedTargets(grid.shape, null, strides, "nearest-exact"),
  };
}

function masks(grid: Grid, channels: number, seed = 11): SliceCase {
  const random = randomNumbers(seed);
  const words = Math.ceil(voxelCount(grid.shape) / 32);
  const bitPlanes = Array.from({ length: channels }, () =>
    Uint32Array.from({ length: words }, () => (random() < 0.5 ? 0x00ffff00 : 0xf00f000f)),
  );
  const source: Source = {
    kind: "masks",
    stack: { grid, bitPlanes, names: bitPlanes.map((_, i) => `${i}`) },
  };
  return { source, table: null, targets: placedTargets(grid.shape, null, strides, "nearest-exact") };
}

async function residentOf({ source, table, targets }: SliceCase): Promise<ResidentTargets> {
  const channels = source.kind === "masks" ? source.stack.bitPlanes.length : (table?.channels ?? 0);
  const resident = await ResidentCase.create(gpu, { source, table, channels });
  const shown = new ResidentTargets(resident, targets);
  if (shown.needsBitmap) await shown.ensureBitmap();
  return shown;
}

/**
 * Compares the GPU's picture with the plain one; the GPU stores colours in 8 bits once on the way.
 * @param before scenes that the same viewer draws first
 */
async function expectAsDrawnByCpu(
  cases: readonly SliceCase[],
  what: SliceScene,
  withImage = true,
  before: readonly SliceScene[] = [],
): Promise<void> {
  const bytesBefore = gpu.liveBytes;
  const [first] = cases;
  if (!first) throw new Error("no case");
  const grid = sourceGrid(first.source);
  const random = randomNumbers(7);
  // Integers up to 2048 are exact in half precision.
  const data = Float32Array.from({ length: voxelCount(grid.shape) }, (_, i) =>
    i % 13 === 5 ? Number.NaN : Math.floor(random() * 1000) - 100,
  );
  const expected = drawSlices(cases, withImage ? data : null, what);
  const shown = await Promise.all(cases.map(residentOf));
  const viewer = await SliceViewer.create(gpu, document.createElement("canvas"));
  const image = withImage ? await createResidentImage(gpu, { grid, data, min: -100, max: 1000 }, grid) : null;
  viewer.setCase(shown[0] ?? null, image, shown[1] ?? null);
  for (const scene of before) {
    viewer.setScene(scene);
    await readPicture(gpu, viewer, expected.width, expected.height);
  }
  viewer.setScene(what);
  const picture = await readPicture(gpu, viewer, expected.width, expected.height);
  viewer.dispose();
  image?.dispose();
  for (const targets of shown) {
    targets.dispose();
    targets.resident.dispose();
  }
  const wrong: string[] = [];
  for (let i = 0; i < expected.pixels.length; i += 3) {
    const [a, e] = [picture.subarray(i, i + 3), expected.pixels.subarray(i, i + 3)];
    if (e.every((c, k) => Math.abs(c - (a[k] ?? -1)) <= 2)) continue;
    const pixel = i / 3;
    wrong.push(
      `(${pixel % expected.width}, ${Math.floor(pixel / expected.width)}): ${a.join()} for ${e.map(Math.round).join()}`,
    );
  }
  expect(wrong).toEqual([]);
  expect(gpu.liveBytes).toBe(bytesBefore);
}

describe("SliceViewer", () => {
  it("draws three planes with three overlapping regions: fill, hatch, outline", () =>
    expectAsDrawnByCpu([labels(plain, 9, 5)], scene(ALL)));

  it("draws a scale of an oblique volume with shuffled axes, 70 channels, 16-bit indices", () =>
    expectAsDrawnByCpu(
      [labels(shuffled, 300, 70)],
      scene(
        ALL.map((one) => ({ ...one, targets: { side: 0, scale: 1 } })),
        { layers: [layer(69, [1, 0.5, 0]), ...THREE, layer(35, [0.2, 1, 1], { outline: 0 })] },
      ),
    ));

  it("draws masks from words, without an image", () =>
    expectAsDrawnByCpu(
      [masks(plain, 5)],
      scene(ALL.map((one) => ({ ...one, targets: { side: 0, scale: 1 } }))),
      false,
    ));

  for (const zoom of [1, 3.3, 17])
    it(`keeps outlines of 3 px at zoom ${zoom}`, () => {
      const layers = THREE.map((one) => ({ ...one, fill: 0, stripe: 0 }));
      const { view } = scene([]);
      return expectAsDrawnByCpu(
        [labels(plain, 9, 5)],
        scene(
          ALL.map((one) => ({ ...one, zoom, panMm: [1, -2] })),
          { layers, view: { ...view, outlinePx: 3 } },
        ),
      );
    });

  it("keeps outlines that are wider than voxels, with few layers", () => {
    const { view } = scene([]);
    const panes = ALL.map((one) => ({ ...one, targets: { side: 0, scale: 0 } as const }));
    return expectAsDrawnByCpu([labels(plain, 9, 5)], scene(panes, { view: { ...view, outlinePx: 14 } }));
  });

  it("draws as from scratch after changes of slices, panes, scales and styles", () => {
    const { view } = scene([]);
    const other: Triple = [view.voxel[0] - 2, view.voxel[1], view.voxel[2] + 3];
    const coarse = ALL.map((one, i) => ({ ...one, targets: { side: 0, scale: i % 2 } as const }));
    return expectAsDrawnByCpu(
      [labels(plain, 9, 5)],
      scene(coarse, { view: { ...view, voxel: other } }),
      true,
      [
        scene(ALL.slice(0, 2)),
        scene(ALL),
        scene(coarse),
        scene(coarse, { layers: THREE.slice(1) }),
        scene(coarse),
      ],
    );
  });

  it("draws the patient's right on the right by neurological convention", () => {
    const { view } = scene([]);
    return expectAsDrawnByCpu(
      [labels(shuffled, 9, 5)],
      scene(ALL, { view: { ...view, convention: "neurological" } }),
    );
  });

  it("draws any slices of one plane, at another pixel ratio", () =>
    expectAsDrawnByCpu(
      [labels(plain, 9, 5)],
      scene(
        [0, 4, 9, 12].map((slice, i) => ({
          ...pane("axial", 50 * i, 10 * i, { slice, targets: { side: 0, scale: 1 } }),
          rect: { x: 50 * i, y: 10 * i, width: 48, height: 60 },
        })),
        { devicePixelRatio: 1.5 },
      ),
    ));

  for (const [scale, count, channels] of [
    [0, 9, 5],
    [1, 300, 70],
  ] as const)
    it(`tints voxels by label at scale ${scale} of ${count} labels, and another case beside it by region`, () => {
      const random = randomNumbers(3);
      const stylesByEntry = Array.from({ length: count }, (_, entry) => ({
        color: [random(), random(), random()] as const,
        fill: entry % 3 === 0 ? 0 : 0.6,
        stripe: entry % 3 === 1 ? 0.9 : 0.6,
      }));
      const targets = { side: 0, scale } as const;
      const panes = ALL.map((one) => ({ ...one, targets }));
      return expectAsDrawnByCpu(
        [labels(plain, count, channels), labels(plain, 9, channels, 4)],
        scene([...panes, pane("coronal", 113, 93, { targets: { side: 1, scale } })], { stylesByEntry }),
      );
    });

  for (const zoom of [1, 4.7])
    it(`draws the image between voxels and regions as voxels, at zoom ${zoom}, any slices, two pixel ratios`, async () => {
      const view = { ...scene([]).view, interpolated: true };
      const panes = ALL.map((one) => ({ ...one, zoom, panMm: [1, -2] as const }));
      await expectAsDrawnByCpu([labels(plain, 9, 5)], scene(panes, { view }));
      const slices = [0, 4, 12].map((slice, i) => ({ ...pane("axial", 50 * i, 10 * i, { slice, zoom }) }));
      await expectAsDrawnByCpu(
        [labels(shuffled, 300, 70)],
        scene([...slices, pane("coronal", 113, 93, { targets: { side: 0, scale: 1 } })], {
          view: { ...view, voxel: [9, 6, 5], outlinePx: 5 },
          devicePixelRatio: 1.5,
        }),
      );
    });

  it("draws no image where there is none, interpolated or not", () =>
    expectAsDrawnByCpu(
      [labels(plain, 9, 5)],
      scene(ALL, { view: { ...scene([]).view, interpolated: true } }),
      false,
    ));

  it("stripes the difference between two scales, and between two cases", async () => {
    const two = [labels(plain, 9, 5), labels(plain, 9, 5, 4)];
    await expectAsDrawnByCpu(
      two,
      scene([
        pane("axial", 0, 0, { targets: { side: 0, scale: 2 }, against: { side: 0, scale: 0 } }),
        pane("axial", 113, 0, { against: { side: 1, scale: 0 } }),
        pane("coronal", 0, 93, { targets: { side: 1, scale: 1 }, against: { side: 0, scale: 1 } }),
      ]),
    );
  });

  for (const channels of [32, 33, 64, 65])
    it(`stripes the last of ${channels} masks, which only the other case has`, () => {
      const [a, b] = [masks(plain, channels - 1), masks(plain, channels, 5)];
      if (a.source.kind !== "masks") throw new Error("these are masks");
      const { stack } = a.source;
      const empty = new Uint32Array(stack.bitPlanes[0]?.length ?? 0);
      const lacking = { ...stack, bitPlanes: [...stack.bitPlanes, empty] };
      const last = layer(channels - 1, [1, 0.5, 0]);
      return expectAsDrawnByCpu(
        [{ ...a, source: { kind: "masks", stack: lacking } }, b],
        scene(
          [
            pane("axial", 0, 0, { against: { side: 1, scale: 0 } }),
            pane("axial", 113, 0, { targets: { side: 1, scale: 0 }, against: { side: 0, scale: 0 } }),
            pane("coronal", 0, 93, { targets: { side: 1, scale: 1 } }),
          ],
          { layers: [layer(channels - 2, [0.2, 1, 1], { outline: 0 }), last] },
        ),
        false,
      );
    });

  it("uploads a few hundred bytes and extracts nothing again when only the window changes", async () => {
    const shown = await residentOf(labels(plain, 9, 5));
    const viewer = await SliceViewer.create(gpu, document.createElement("canvas"));
    viewer.setCase(shown, null);
    const first = scene(ALL);
    viewer.setScene(first);
    await readPicture(gpu, viewer, 231, 187);
    const before = gpu.uploadedBytes;
    viewer.setScene({ ...first, view: { ...first.view, window: { level: 1, width: 2 } } });
    gpu.submit("again", (encoder) => viewer.encode(encoder));
    expect(gpu.uploadedBytes - before).toBeLessThan(800);
    viewer.dispose();
    shown.dispose();
    shown.resident.dispose();
  });
});
