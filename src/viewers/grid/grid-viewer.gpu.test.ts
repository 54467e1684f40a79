/** The grid on the GPU, compared with plain loops. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Grid, Plane, Triple } from "../../domain/geometry/grid.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import type { Patch } from "../../domain/targets/patch.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { ResidentCase } from "../../targets/resident/resident-case.ts";
import { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import type { GridLayout } from "../shared/grid-layout.ts";
import type { GridView, LabelColors } from "../shared/grid-view.ts";
import { createResidentImage } from "../shared/resident-image.ts";
import { boxLabels, randomNumbers, randomTable, readPicture } from "../testing/grid-fixture.ts";
import { drawGrid, type GridPicture, type GridScene } from "../testing/grid-reference.ts";
import { GridViewer } from "./grid-viewer.ts";

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

const layout: GridLayout = {
  widthPx: 341,
  heightPx: 187,
  devicePixelRatio: 1,
  columnWidthPx: 112,
  rowHeightPx: 75,
  gapPx: 3,
  scrollTopPx: 0,
};
const view: GridView = {
  plane: "axial",
  convention: "radiological",
  voxel: [6, 5, 9],
  zoom: 1,
  panMm: [0, 0],
  window: { level: 300, width: 700 },
  fillOpacity: 0.5,
  outline: true,
  crosshair: true,
  interpolated: false,
  drawFrom: "bit-packed",
};
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

function labelScene(
  grid: Grid,
  labels: number,
  channels: number,
  changes: Partial<GridScene> = {},
): GridScene {
  const source = boxLabels(grid, labels, labels);
  const random = randomNumbers(7);
  return {
    source,
    table: randomTable(labels, channels, channels),
    targets: placedTargets(grid.shape, null, [...strides, [1, 1, 1]], "nearest-exact"),
    // Integers up to 2048 are exact in half precision.
    image: Float32Array.from({ length: voxelCount(grid.shape) }, () => Math.floor(random() * 1000) - 100),
    rows: [
      { channel: channels - 1, color: [0.9, 0.2, 0.1] },
      { channel: 0, color: [0.1, 0.8, 0.4] },
      { channel: channels >> 1, color: [0.3, 0.4, 1] },
    ],
    layout,
    view,
    ...changes,
  };
}

interface Shown {
  readonly targets: ResidentTargets;
  dispose(): void;
}

async function residentOf({ source, table, targets: placed, pooling }: GridScene): Promise<Shown> {
  const masks = source.kind === "masks" ? source.stack.bitPlanes.length : 0;
  const resident = await ResidentCase.create(gpu, { source, table, channels: table?.channels ?? masks });
  const targets = new ResidentTargets(resident, placed, pooling ?? null);
  await targets.ensureBitmap();
  return {
    targets,
    dispose() {
      targets.dispose();
      resident.dispose();
    },
  };
}

/** Every fifth label and the last three have no colour. */
function labelColors(labels: number): LabelColors {
  const random = randomNumbers(11);
  return Array.from({ length: labels - 3 }, (_, entry) =>
    entry % 5 === 4 ? null : ([random(), random(), random()] as const),
  );
}

/** Draws a scene on the GPU. */
async function render(scene: GridScene, drawFrom: GridView["drawFrom"]): Promise<Uint8Array> {
  const grid = scene.source.kind === "labels" ? scene.source.volume.grid : scene.source.stack.grid;
  const resident = await residentOf(scene);
  const viewer = await GridViewer.create(gpu, document.createElement("canvas"));
  const data = scene.image ? Float32Array.from(scene.image) : null;
  const image = data ? await createResidentImage(gpu, { grid, data, min: -100, max: 1000 }, grid) : null;
  viewer.setCase(resident.targets, image);
  viewer.set({
    rows: scene.rows,
    layout: scene.layout,
    view: { ...scene.view, drawFrom },
    hatchBits: scene.hatchBits ?? null,
    labels: scene.labels ?? null,
  });
  const { widthPx, heightPx, devicePixelRatio: dpr } = scene.layout;
  const picture = await readPicture(gpu, viewer, Math.round(widthPx * dpr), Math.round(heightPx * dpr));
  viewer.dispose();
  image?.dispose();
  resident.dispose();
  return picture;
}

/** Pixels whose colour on the GPU differs by more than 8-bit rounding. */
function differences(actual: Uint8Array, expected: GridPicture): string[] {
  const found: string[] = [];
  for (let i = 0; i < expected.pixels.length; i += 3) {
    const [a, e] = [actual.subarray(i, i + 3), expected.pixels.subarray(i, i + 3)];
    if (e.every((c, k) => Math.abs(c - (a[k] ?? -1)) <= 1)) continue;
    const pixel = i / 3;
    found.push(
      `(${pixel % expected.width}, ${Math.floor(pixel / expected.width)}): ${a.join()} for ${e.map(Math.round).join()}`,
    );
  }
  return found;
}

async function expectAsDrawnByCpu(scene: GridScene): Promise<void> {
  const expected = drawGrid(scene);
  const words = await render(scene, "bit-packed");
  expect(differences(words, expected)).toEqual([]);
  expect(expected.member.reduce((sum, m) => sum + m, 0)).toBeGreaterThan(500);
  if (scene.source.kind === "labels") {
    const palette = await render(scene, "label-first");
    expect(palette.every((byte, i) => byte === words[i])).toBe(true);
  }
}

describe("GridViewer", () => {
  for (const plane of ["axial", "coronal", "sagittal"] satisfies Plane[]) {
    it(`draws the ${plane} plane of an anisotropic volume`, () =>
      expectAsDrawnByCpu(labelScene(plain, 9, 5, { view: { ...view, plane } })));
    it(`draws the ${plane} plane of an oblique volume with shuffled axes, 70 channels, 16-bit indices`, () =>
      expectAsDrawnByCpu(labelScene(shuffled, 300, 70, { view: { ...view, plane, voxel: [9, 6, 5] } })));
  }

  it("hatches voxels of marked labels, 8- and 16-bit indices", async () => {
    await expectAsDrawnByCpu(labelScene(plain, 9, 5, { hatchBits: Uint32Array.of(0b10010110) }));
    const hatchBits = Uint32Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 0xf0f0a5a5 : 0));
    await expectAsDrawnByCpu(
      labelScene(shuffled, 300, 40, { hatchBits, view: { ...view, voxel: [9, 6, 5] } }),
    );
  });

  it("hatches the rows of labels in no region instead of filling them, with and without outlines", async () => {
    const rows = labelScene(plain, 9, 33).rows.map((row, i) =>
      i === 1 ? row : { ...row, inNoRegion: true },
    );
    const scrolled = { ...layout, devicePixelRatio: 1.5, scrollTopPx: 40, gapPx: 1 };
    await expectAsDrawnByCpu(labelScene(plain, 9, 33, { rows, layout: scrolled }));
    await expectAsDrawnByCpu(
      labelScene(plain, 9, 33, { rows, view: { ...view, outline: false }, labels: labelColors(9) }),
    );
  });

  describe("by label", () => {
    for (const plane of ["axial", "coronal", "sagittal"] satisfies Plane[]) {
      it(`draws the ${plane} plane, fill by label, outline by region`, async () => {
        const scene = labelScene(plain, 9, 5, { view: { ...view, plane }, labels: labelColors(9) });
        await expectAsDrawnByCpu(scene);
        const { labels: _, ...byRegion } = scene;
        expect(differences(await render(scene, "label-first"), drawGrid(byRegion)).length).toBeGreaterThan(
          500,
        );
      });
      it(`draws the ${plane} plane of an oblique volume, three words a voxel, 16-bit indices`, () =>
        expectAsDrawnByCpu(
          labelScene(shuffled, 300, 70, {
            view: { ...view, plane, voxel: [9, 6, 5] },
            labels: labelColors(300),
          }),
        ));
    }

    it("draws resize-segmentation, zoomed, panned and scrolled, hatched, at another pixel ratio", () =>
      expectAsDrawnByCpu(
        labelScene(plain, 9, 33, {
          targets: placedTargets(plain.shape, null, [...strides, [1, 1, 1]], "resize-segmentation"),
          layout: { ...layout, devicePixelRatio: 1.5, scrollTopPx: 40, gapPx: 1 },
          view: { ...view, zoom: 2.3, panMm: [3.1, -2.2], voxel: [0, 16, 20] },
          hatchBits: Uint32Array.of(0b10010110),
          labels: labelColors(9),
        }),
      ));

    it("leaves no colour of a region without outlines, even at full opacity", () =>
      expectAsDrawnByCpu(
        labelScene(plain, 9, 5, {
          view: { ...view, fillOpacity: 1, outline: false, crosshair: false },
          labels: labelColors(9),
        }),
      ));

    it("draws a patch that sticks out of the case", () => {
      const patch: Patch = { origin: [-4, -1, 5], size: [20, 19, 11] };
      const targets = placedTargets(plain.shape, patch, [...strides, [1, 1, 1]], "nearest-exact");
      return expectAsDrawnByCpu(labelScene(plain, 9, 33, { targets, labels: labelColors(9) }));
    });

    it("draws many narrow tiles, each with its own scale's labels", () => {
      const many = Array.from(
        { length: 12 },
        (_, i): Triple => [1, i % 3 === 2 ? 2 : 1, i % 2 === 1 ? 2 : 1],
      );
      return expectAsDrawnByCpu(
        labelScene(plain, 9, 5, {
          targets: placedTargets(plain.shape, null, [[1, 1, 1], ...many], "nearest-exact"),
          layout: { ...layout, columnWidthPx: 27.4, rowHeightPx: 61.7, gapPx: 1 },
          labels: labelColors(9),
        }),
      );
    });

    it("colours by region where pooled voxels have no single label", async () => {
      const scene = labelScene(plain, 9, 5, { pooling: "majority", labels: labelColors(9) });
      expect(differences(await render(scene, "label-first"), drawGrid(scene))).toEqual([]);
    });

    it("draws as from scratch after other colours, regions and slices", async () => {
      const scene = labelScene(plain, 9, 40);
      const resident = await residentOf(scene);
      const viewer = await GridViewer.create(gpu, document.createElement("canvas"));
      viewer.setCase(resident.targets, null);
      const differ = async (changes: Partial<GridScene>) => {
        const shown = { ...scene, image: null, ...changes };
        const labels = shown.labels ?? null;
        viewer.set({ rows: shown.rows, layout: shown.layout, view: shown.view, labels });
        return differences(await readPicture(gpu, viewer, 341, 187), drawGrid(shown));
      };
      const labels = labelColors(9);
      for (const drawFrom of ["label-first", "bit-packed"] as const) {
        const here = { ...view, drawFrom };
        expect(await differ({ view: here })).toEqual([]);
        expect(await differ({ view: here, labels })).toEqual([]);
        expect(await differ({ view: { ...here, voxel: [9, 5, 9] }, labels })).toEqual([]);
        expect(await differ({ view: here, labels: labels.toReversed() })).toEqual([]);
        // Shorter than the last list: the remaining labels must lose their old colours.
        expect(await differ({ view: here, labels: labels.slice(0, 3) })).toEqual([]);
        const table = randomTable(9, 40, drawFrom.length);
        resident.targets.resident.setRegions(table, 40);
        await resident.targets.ensureBitmap();
        expect(await differ({ view: here, labels, table })).toEqual([]);
        resident.targets.resident.setRegions(scene.table, 40);
        await resident.targets.ensureBitmap();
      }
      viewer.dispose();
      resident.dispose();
    });
  });

  it("draws zoomed, panned and scrolled, at another pixel ratio", () =>
    expectAsDrawnByCpu(
      labelScene(plain, 9, 33, {
        layout: { ...layout, devicePixelRatio: 1.5, scrollTopPx: 40, gapPx: 1 },
        view: { ...view, zoom: 2.3, panMm: [3.1, -2.2], voxel: [0, 16, 20] },
      }),
    ));

  it("draws voxels smaller than pixels", () =>
    expectAsDrawnByCpu(
      labelScene(plain, 9, 33, {
        layout: { ...layout, columnWidthPx: 20, rowHeightPx: 16, gapPx: 1 },
        image: null,
      }),
    ));

  it("draws only the rows in view, and nothing below the last", async () => {
    const rows = Array.from({ length: 40 }, (_, channel) => ({
      channel,
      color: [1, channel / 40, 0] as const,
    }));
    const scene = labelScene(plain, 9, 40, { rows, layout: { ...layout, scrollTopPx: 40 * 75 - 90 } });
    await expectAsDrawnByCpu(scene);
  });

  describe("interpolated", () => {
    const smooth = { ...view, interpolated: true };
    /** The image, with voxels of no value, some of them in a block. */
    const withGaps = (image: GridScene["image"]) =>
      Float32Array.from(image ?? [], (value, i) =>
        i % 7 === 0 || (i > 2000 && i < 2400) ? Number.NaN : value,
      );
    for (const plane of ["axial", "coronal", "sagittal"] satisfies Plane[]) {
      it(`draws the image between voxels and regions as voxels, ${plane}, around voxels without a value`, async () => {
        const scene = labelScene(plain, 9, 5, { view: { ...smooth, plane } });
        const gaps = { ...scene, image: withGaps(scene.image) };
        await expectAsDrawnByCpu(gaps);
        const own = drawGrid({ ...gaps, view: { ...view, plane } });
        expect(differences(await render(gaps, "bit-packed"), own).length).toBeGreaterThan(5000);
      });
    }

    it("draws an oblique volume, magnified, panned and scrolled, hatched, by label, in a patch", () =>
      expectAsDrawnByCpu(
        labelScene(shuffled, 9, 33, {
          targets: placedTargets(
            shuffled.shape,
            { origin: [4, 3, 0], size: [12, 8, 10] },
            [...strides, [1, 1, 1]],
            "nearest-exact",
          ),
          layout: { ...layout, devicePixelRatio: 1.5, scrollTopPx: 40, gapPx: 1 },
          view: { ...smooth, zoom: 2.3, panMm: [3.1, -2.2], voxel: [9, 6, 5] },
          hatchBits: Uint32Array.of(0b10010110),
          labels: labelColors(9),
        }),
      ));

    it("draws voxels smaller than pixels, and plain ground without an image", async () => {
      const small = { ...layout, columnWidthPx: 20, rowHeightPx: 16, gapPx: 1 };
      await expectAsDrawnByCpu(labelScene(plain, 9, 33, { layout: small, view: smooth }));
      await expectAsDrawnByCpu(labelScene(plain, 9, 5, { image: null, view: smooth }));
    });
  });

  it("omits fill, outline and crosshair when they are off", () =>
    expectAsDrawnByCpu(
      labelScene(plain, 9, 5, { view: { ...view, fillOpacity: 0, outline: false, crosshair: false } }),
    ));

  it("draws plain ground where there is no image", () =>
    expectAsDrawnByCpu(labelScene(plain, 9, 5, { image: null })));

  it("leaves the tiles of a collapsed scale empty", () => {
    const scene = labelScene(plain, 9, 5);
    // Seven or more halvings of an axis of 13 voxels leave nothing.
    const collapsing: Triple[] = [
      [1, 1, 1],
      [64, 1, 1],
      [1, 2, 2],
      [1, 1, 1],
    ];
    const targets = placedTargets(plain.shape, null, collapsing, "nearest-exact");
    expect(targets.scales.map(({ scale }) => scale.collapses)).toEqual([false, true, true]);
    return expectAsDrawnByCpu({ ...scene, targets });
  });

  describe.each<Patch>([
    { origin: [4, 3, 6], size: [8, 8, 8] },
    // Odd sizes, which the scales' factors do not divide.
    { origin: [2, 5, 1], size: [7, 9, 13] },
    // Extends beyond the case on two axes and begins inside it on the third.
    { origin: [-4, -1, 5], size: [20, 19, 11] },
  ])("a patch at $origin of $size", (patch) => {
    const patched = placedTargets(plain.shape, patch, [...strides, [1, 1, 1]], "nearest-exact");
    for (const plane of ["axial", "coronal", "sagittal"] satisfies Plane[]) {
      it(`is drawn as the loss sees it, with the rest darkened, ${plane}`, () =>
        expectAsDrawnByCpu(labelScene(plain, 9, 33, { targets: patched, view: { ...view, plane } })));
    }

    it("is drawn with hatching, magnified, at another pixel ratio", () =>
      expectAsDrawnByCpu(
        labelScene(plain, 9, 5, {
          targets: patched,
          hatchBits: Uint32Array.of(0b10010110),
          layout: { ...layout, devicePixelRatio: 1.5 },
          view: { ...view, zoom: 1.7, panMm: [1.1, -0.7] },
        }),
      ));
  });

  it("darkens a slice beside the patch, and draws no region in it", async () => {
    const patch: Patch = { origin: [7, 3, 6], size: [4, 8, 8] };
    const scene = labelScene(plain, 9, 5, {
      targets: placedTargets(plain.shape, patch, [...strides, [1, 1, 1]], "nearest-exact"),
    });
    const expected = drawGrid(scene);
    expect(expected.member.some((m) => m === 1)).toBe(false);
    for (const drawFrom of ["bit-packed", "label-first"] as const) {
      expect(differences(await render(scene, drawFrom), expected)).toEqual([]);
    }
  });

  it.each(["any", "all", "majority"] as const)("draws the pooled voxels, %s", async (pooling) => {
    const thirds: Triple[] = [
      [1, 1, 1],
      [1, 3, 3],
      [3, 2, 2],
      [1, 1, 1],
    ];
    const targets = placedTargets(plain.shape, null, thirds, "nearest-exact");
    const scene = labelScene(plain, 9, 33, { pooling, targets });
    const pooled = await render(scene, "bit-packed");
    expect(differences(pooled, drawGrid(scene))).toEqual([]);
    // The palette cannot represent pooling, so words are drawn whatever the view says.
    expect(await render(scene, "label-first")).toEqual(pooled);
    const { pooling: _, ...sampled } = scene;
    expect(differences(pooled, drawGrid(sampled)).length).toBeGreaterThan(50);
  });

  it("draws overlapping masks, which have no palette, the same when colouring by label", () => {
    const random = randomNumbers(3);
    const words = Math.ceil(voxelCount(plain.shape) / 32);
    const bitPlanes = Array.from({ length: 35 }, () =>
      Uint32Array.from({ length: words }, () => Math.floor(random() * 2 ** 32)),
    );
    const source: Source = {
      kind: "masks",
      stack: { grid: plain, names: bitPlanes.map((_, i) => `mask ${i}`), bitPlanes },
    };
    return expectAsDrawnByCpu(labelScene(plain, 9, 35, { source, table: null, labels: labelColors(9) }));
  });

  it("draws without a case, and frees all GPU memory", async () => {
    const before = gpu.liveBytes;
    const viewer = await GridViewer.create(gpu, document.createElement("canvas"));
    viewer.set({ layout, view });
    const empty = await readPicture(gpu, viewer, 341, 187);
    expect(new Set(empty).size).toBeLessThanOrEqual(3);
    const scene = labelScene(plain, 9, 5);
    const resident = await residentOf(scene);
    viewer.setCase(resident.targets, null);
    viewer.set({ rows: Array.from({ length: 100 }, () => ({ channel: 1, color: [1, 1, 1] as const })) });
    await readPicture(gpu, viewer, 341, 187);
    viewer.set({ labels: labelColors(300) });
    await readPicture(gpu, viewer, 341, 187);
    viewer.dispose();
    resident.dispose();
    expect(gpu.liveBytes).toBe(before);
  });

  it("finds the voxel that it draws under a point", async () => {
    const scene = labelScene(plain, 9, 5);
    const resident = await residentOf(scene);
    const viewer = await GridViewer.create(gpu, document.createElement("canvas"));
    expect(viewer.hit(50, 30)).toBeNull();
    viewer.setCase(resident.targets, null);
    expect(viewer.dirty).toBe(true);
    viewer.set({ rows: scene.rows, layout, view });
    expect(viewer.hit(112 + 54, 75 + 36)).toEqual({ row: 1, column: 1, voxel: [6, 8, 10] });
    expect(viewer.hit(110, 30)).toBeNull();
    viewer.dispose();
    resident.dispose();
  });
});
