/** The 3D view compared with the plain version, and the buffers that it owns. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { firstView, fitted, orbit, zoomAt } from "../../domain/geometry/camera.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { type Side, VIEW_FROM } from "../../domain/geometry/orientation.ts";
import type { Patch } from "../../domain/targets/patch.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { randomMasks } from "../../targets/testing/testing.ts";
import { boxLabels, randomTable } from "../testing/grid-fixture.ts";
import { NO_CLIP } from "../testing/no-clip.ts";
import { expectSurfaceAsByCpu } from "../testing/surface-expectation.ts";
import { colorsOf, onGrid, readTexture, residentOf, type SurfaceCase } from "../testing/surface-fixture.ts";
import { drawSurface } from "../testing/surface-reference.ts";
import { raySetup } from "./ray-setup.ts";
import { SurfaceRenderer } from "./surface-renderer.ts";
import type { SurfaceView } from "./surface-scene.ts";

let gpu: Gpu;
let renderer: SurfaceRenderer;
beforeAll(async () => {
  gpu = await acquireForTest();
  renderer = await SurfaceRenderer.create(gpu, "rgba8unorm");
});
afterAll(() => {
  renderer.dispose();
  gpu.dispose();
});

const SIZE = [124, 97] as const;

// LAS, anisotropic; then one with permuted, oblique axes.
const plain = { shape: [13, 17, 21] as Triple, toWorld: [0, 0, -0.8, 5, 0, 0.8, 0, 2, 2.5, 0, 0, -7] };
const oblique = {
  shape: [21, 33, 18] as Triple,
  toWorld: [0.1, -2.2, 0, 4, -0.9, 0.1, 0.1, 1, 0, 0.1, 1.3, -2],
};
const strides: Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [2, 2, 3],
  [1, 1, 1],
];

function labelCase(
  grid: typeof plain,
  labels: number,
  channels: number,
  patch: Patch | null = null,
): SurfaceCase {
  return {
    source: boxLabels(grid, labels, labels),
    // A tenth of the labels is in a region, so that rays go deep.
    table: sparse(randomTable(labels, channels, channels)),
    targets: placedTargets(grid.shape, patch, strides, "nearest-exact"),
  };
}

function sparse(table: ReturnType<typeof randomTable>) {
  const keep = (p: number) => p % 8 === 3 || p % 8 === 6;
  return { ...table, bits: table.bits.map((bits, i) => (keep(i % table.paletteSize) ? bits : 0)) };
}

function viewOf(source: Source, channels: number, changes: Partial<SurfaceView> = {}): SurfaceView {
  const grid = sourceGrid(source);
  return {
    layers: [
      { channel: channels - 1, color: [0.9, 0.2, 0.1] },
      { channel: 0, color: [0.1, 0.8, 0.4] },
      { channel: channels >> 1, color: [0.3, 0.4, 1] },
    ],
    scale: 0,
    camera: firstView(grid, { first: [0, 0, 0], shape: grid.shape }, SIZE),
    clip: NO_CLIP,
    voxel: [6, 5, 9],
    background: [0.05, 0.06, 0.08],
    sizePx: SIZE,
    interacting: false,
    ...changes,
  };
}

const expectAsDrawnByCpu = (testCase: SurfaceCase, view: SurfaceView) =>
  expectSurfaceAsByCpu(gpu, renderer, testCase, view);

describe("SurfaceRenderer", () => {
  for (const side of ["A", "L", "S"] satisfies Side[])
    for (const clip of [NO_CLIP, ["facing", "none", "facing"]] as const)
      for (const [name, grid] of Object.entries({ plain, oblique }))
        it(`draws a ${name} grid from ${side}${clip === NO_CLIP ? "" : ", cut"}`, async () => {
          const testCase = labelCase(grid, 40, 5);
          const camera = fitted(VIEW_FROM[side], grid, { first: [0, 0, 0], shape: grid.shape }, SIZE);
          await expectAsDrawnByCpu(testCase, viewOf(testCase.source, 5, { camera, clip }));
        });

  it("draws from any direction, magnified, with several words and 16-bit indices, at every scale", async () => {
    const testCase = labelCase(oblique, 300, 70);
    const whole = viewOf(testCase.source, 70);
    for (const scale of [0, 1, 2]) {
      const camera = zoomAt(orbit(whole.camera, 30 + 40 * scale, -25, SIZE), 1.7, [40, 30], SIZE);
      await expectAsDrawnByCpu(testCase, { ...whole, scale, camera });
    }
  });

  it.each([
    ["above", "none", "none"],
    ["none", "below", "above"],
    ["facing", "facing", "facing"],
  ] as const)("clips what is %s, %s, %s along the axes", async (...clip) => {
    const testCase = labelCase(plain, 40, 5);
    const clipped = await expectAsDrawnByCpu(testCase, viewOf(testCase.source, 5, { clip }));
    const whole = await expectAsDrawnByCpu(testCase, viewOf(testCase.source, 5));
    expect(clipped.some((pixel, i) => pixel !== whole[i])).toBe(true);
  });

  it("draws overlapping masks", async () => {
    const shape: Triple = [17, 11, 23];
    const source = onGrid(randomMasks(shape, 37, 5), oblique.toWorld);
    // One voxel in three is in a mask.
    const targets = placedTargets(shape, null, strides, "nearest-exact");
    const testCase: SurfaceCase = { source, table: null, targets };
    for (const scale of [0, 1])
      await expectAsDrawnByCpu(testCase, viewOf(source, 37, { scale, clip: ["none", "facing", "none"] }));
  });

  it("draws the pooled voxels", async () => {
    const testCase: SurfaceCase = { ...labelCase(plain, 40, 33), pooling: "any" };
    await expectAsDrawnByCpu(testCase, viewOf(testCase.source, 33, { scale: 1 }));
  });

  describe("with transparent layers", () => {
    // Regions that contain one another, apart, and opaque ones between them.
    const seeThrough = (source: Source, channels: number, changes: Partial<SurfaceView> = {}) => {
      const view = viewOf(source, channels, changes);
      const layers = [0.35, 1, 0.6].map((opacity, i) => ({
        ...(view.layers[i] ?? { channel: 0, color: [1, 1, 1] as const }),
        opacity,
      }));
      return { ...view, layers: [...layers, { channel: 1, color: [0.9, 0.8, 0.2] as const, opacity: 0.15 }] };
    };

    it.each([NO_CLIP, ["facing", "none", "facing"] as const])("of labels, clipped at %s", async (...clip) => {
      const testCase = labelCase(plain, 40, 5);
      const [axial, coronal, sagittal] = clip;
      const view = seeThrough(testCase.source, 5, {
        clip: [axial ?? "none", coronal ?? "none", sagittal ?? "none"],
      });
      const drawn = await expectAsDrawnByCpu(testCase, view);
      const solid = await expectAsDrawnByCpu(testCase, viewOf(testCase.source, 5, { clip: view.clip }));
      expect(drawn.some((pixel, i) => pixel !== solid[i])).toBe(true);
    });

    it("of several words of channels, from any direction, at every scale", async () => {
      const testCase = labelCase(oblique, 300, 70);
      for (const scale of [0, 1, 2]) {
        const view = seeThrough(testCase.source, 70, { scale });
        const camera = orbit(view.camera, 30 + 40 * scale, -25, SIZE);
        await expectAsDrawnByCpu(testCase, { ...view, camera });
      }
    });

    it("coloured by label", async () => {
      const testCase = labelCase(plain, 40, 5);
      const entryColors = Array.from({ length: 41 }, (_, i) => [i / 41, 1 - i / 41, 0.5] as const);
      await expectAsDrawnByCpu(testCase, { ...seeThrough(testCase.source, 5), entryColors });
    });

    it("of overlapping masks, and of pooled voxels", async () => {
      const shape: Triple = [17, 11, 23];
      const source = onGrid(randomMasks(shape, 37, 5), oblique.toWorld);
      const targets = placedTargets(shape, null, strides, "nearest-exact");
      await expectAsDrawnByCpu({ source, table: null, targets }, seeThrough(source, 37));
      const pooled: SurfaceCase = { ...labelCase(plain, 40, 33), pooling: "any" };
      await expectAsDrawnByCpu(pooled, seeThrough(pooled.source, 33, { scale: 1 }));
    });

    it("once per surface, however its voxels are stepped", async () => {
      // A ball, which no ray enters twice.
      const n = 10; // One slab, as several are drawn opaque.
      const grid = { shape: [n, n, n] as Triple, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
      const indices = Uint8Array.from({ length: n ** 3 }, (_, i) => {
        const at = [Math.floor(i / (n * n)), Math.floor(i / n) % n, i % n].map((v) => v + 0.5 - n / 2);
        return Math.hypot(...at) < 0.4 * n ? 1 : 0;
      });
      const volume = { grid, indices, palette: Float64Array.of(0, 1), counts: Float64Array.of(1, 1) };
      const testCase: SurfaceCase = {
        source: { kind: "labels", volume },
        table: { channels: 1, words: 1, paletteSize: 2, bits: Uint32Array.of(0, 1) },
        targets: placedTargets(grid.shape, null, [[1, 1, 1]], "nearest-exact"),
      };
      const resident = await residentOf(gpu, testCase);
      renderer.setCase(resident.shown);
      const view = viewOf(testCase.source, 1, { background: [0, 0, 0] });
      const layers = [{ channel: 0, color: [1, 1, 1] as const, opacity: 0.4 }];
      renderer.set({ ...view, layers, camera: orbit(view.camera, 25, 35, SIZE) });
      gpu.submit("surface", (encoder) => renderer.encode(encoder));
      await expect.poll(() => renderer.awaits).toBe(false);
      gpu.submit("surface", (encoder) => renderer.encode(encoder));
      if (!renderer.picture) throw new Error("no picture");
      const shades = (await readTexture(gpu, renderer.picture.color, SIZE)).map((pixel) => pixel & 255);
      const seen = shades.filter((shade) => shade > 15);
      expect(seen.length).toBeGreaterThan(1000);
      // Lit in full, one surface is 0.4 of white, two are 0.64.
      const most = Math.round(0.4 * 255) + 1;
      expect(seen.filter((shade) => shade > most).length).toBe(0);
      renderer.setCase(null);
      resident.dispose();
    });

    it("picks the voxel of the surface that is seen best", async () => {
      // A slab of the first region before one of the second, along the line of sight.
      const grid = { shape: [4, 12, 4] as Triple, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
      const indices = Uint8Array.from({ length: 4 * 12 * 4 }, (_, i) => {
        const y = Math.floor(i / 4) % 12;
        return y === 10 ? 1 : y === 2 ? 2 : 0;
      });
      const volume = { grid, indices, palette: Float64Array.of(0, 1, 2), counts: Float64Array.of(0, 16, 16) };
      const testCase: SurfaceCase = {
        source: { kind: "labels", volume },
        table: { channels: 2, words: 1, paletteSize: 3, bits: Uint32Array.of(0, 1, 2) },
        targets: placedTargets(grid.shape, null, [[1, 1, 1]], "nearest-exact"),
      };
      const resident = await residentOf(gpu, testCase);
      renderer.setCase(resident.shown);
      const camera = fitted(VIEW_FROM.A, grid, { first: [0, 0, 0], shape: grid.shape }, SIZE);
      for (const [opacity, y] of [
        [0.3, 2],
        [0.7, 10],
        [1, 10],
      ] as const) {
        const layers = [
          { channel: 0, color: [1, 0, 0] as const, opacity },
          { channel: 1, color: [0, 1, 0] as const },
        ];
        renderer.set({ ...viewOf(testCase.source, 2), layers, camera });
        gpu.submit("surface", (encoder) => renderer.encode(encoder));
        await expect.poll(() => renderer.awaits).toBe(false);
        gpu.submit("surface", (encoder) => renderer.encode(encoder));
        expect((await renderer.pick([62, 48]))?.[1]).toBe(y);
      }
      renderer.setCase(null);
      resident.dispose();
    });
  });

  it("keeps the last picture if the next one's pipeline cannot be built, and draws others", async () => {
    const reasons: unknown[] = [];
    const other = await SurfaceRenderer.create(gpu, "rgba8unorm", (building) => {
      building.catch((reason: unknown) => reasons.push(reason));
    });
    const testCase = labelCase(plain, 40, 5);
    const { shown, dispose } = await residentOf(gpu, testCase);
    const clip = ["facing", "none", "facing"] as const;
    const draw = () => gpu.submit("surface", (encoder) => other.encode(encoder));
    const failing = vi.spyOn(gpu, "renderPipeline").mockRejectedValue(new Error("no such pipeline"));
    other.setCase(shown);
    other.set(viewOf(testCase.source, 5));
    draw();
    const { picture } = other;
    other.set(viewOf(testCase.source, 5, { clip }));
    draw();
    await expect.poll(() => reasons).toEqual([new Error("no such pipeline")]);
    expect([other.dirty, other.awaits, other.picture]).toEqual([false, true, picture]);
    other.set(viewOf(testCase.source, 5, { clip, scale: 1 }));
    draw();
    expect([other.dirty, other.awaits]).toEqual([false, true]);
    other.set(viewOf(testCase.source, 5, { scale: 1 }));
    draw();
    expect([other.dirty, other.awaits]).toEqual([false, false]);
    failing.mockRestore();
    other.dispose();
    dispose();
  });

  it("draws a patch where it lies", async () => {
    const testCase = labelCase(plain, 40, 5, { origin: [-4, 2, 5], size: [20, 9, 11] });
    for (const scale of [0, 1])
      await expectAsDrawnByCpu(
        testCase,
        viewOf(testCase.source, 5, { scale, clip: ["facing", "none", "none"] }),
      );
  });

  it("never misses a line of single voxels", async () => {
    // The line crosses many bricks; from every side a voxel is larger than a pixel.
    const grid = { shape: [9, 70, 40] as Triple, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
    const indices = new Uint8Array(9 * 70 * 40);
    for (let i = 0; i < 40; i++) indices[(5 * 70 + 2 + i) * 40 + i] = 1;
    const volume = { grid, indices, palette: Float64Array.of(0, 1), counts: Float64Array.of(1, 1) };
    const testCase: SurfaceCase = {
      source: { kind: "labels", volume },
      table: { channels: 1, words: 1, paletteSize: 2, bits: Uint32Array.of(0, 1) },
      targets: placedTargets(grid.shape, null, [[1, 1, 1]], "nearest-exact"),
    };
    const resident = await residentOf(gpu, testCase);
    renderer.setCase(resident.shown);
    const view = viewOf(testCase.source, 1, { layers: [{ channel: 0, color: [1, 1, 1] }] });
    let camera = zoomAt(view.camera, 1.2, [62, 48], SIZE);
    for (let turn = 0; turn < 8; turn++) {
      camera = orbit(camera, 19, 7, SIZE);
      renderer.set({ ...view, camera });
      gpu.submit("surface", (encoder) => renderer.encode(encoder));
      const placed = testCase.targets.scales[0];
      const rays = placed && raySetup(grid, testCase.targets, placed, { ...view, camera }, SIZE);
      if (!rays) throw new Error("nothing to draw");
      const colors = colorsOf(testCase, 0, view.layers);
      const { hits } = drawSurface({ rays, colors, background: view.background }, SIZE);
      const seen = new Set(hits);
      const found = new Set<string>();
      for (const [i, hit] of hits.entries()) {
        if (hit === 0) continue;
        const voxel = await renderer.pick([(i % SIZE[0]) + 0.5, Math.floor(i / SIZE[0]) + 0.5]);
        if (voxel) found.add(voxel.join());
      }
      expect(found.size).toBe(seen.size - 1);
    }
    renderer.setCase(null);
    resident.dispose();
  });

  it("picks the full-size voxel that it shows", async () => {
    const testCase = labelCase(plain, 40, 5);
    const resident = await residentOf(gpu, testCase);
    renderer.setCase(resident.shown);
    for (const scale of [0, 1]) {
      const view = viewOf(testCase.source, 5, { scale });
      renderer.set(view);
      gpu.submit("surface", (encoder) => renderer.encode(encoder));
      const placed = testCase.targets.scales[scale];
      const rays = placed && raySetup(plain, testCase.targets, placed, view, SIZE);
      if (!placed || !rays) throw new Error("nothing to draw");
      const colors = colorsOf(testCase, scale, view.layers);
      const { hits } = drawSurface({ rays, colors, background: view.background }, SIZE);
      const i = hits.findIndex((hit, at) => hit > 0 && at > 48 * SIZE[0] + 50);
      const index = (hits[i] ?? 0) - 1;
      const at = [
        Math.floor(index / (placed.shape[1] * placed.shape[2])),
        Math.floor(index / placed.shape[2]) % placed.shape[1],
        index % placed.shape[2],
      ];
      const px = [(i % SIZE[0]) + 0.5, Math.floor(i / SIZE[0]) + 0.5] as const;
      expect(await renderer.pick(px)).toEqual(placed.tables.map((table, axis) => table[at[axis] ?? 0]));
      expect(await renderer.pick([0.5, 0.5])).toBeNull();
      expect(await renderer.pick([-3, 500])).toBeNull();
    }
    renderer.setCase(null);
    resident.dispose();
  });

  it("is dirty only after a visible change, and coarser only while it moves", async () => {
    const testCase = labelCase(plain, 40, 5);
    const resident = await residentOf(gpu, testCase);
    renderer.setCase(resident.shown);
    const view = viewOf(testCase.source, 5);
    const encode = () => gpu.submit("surface", (encoder) => renderer.encode(encoder));
    renderer.set(view);
    encode();
    const uploaded = gpu.uploadedBytes;
    renderer.set({ ...view, layers: view.layers.map((layer) => ({ ...layer })), voxel: [1, 1, 1] });
    expect(renderer.dirty).toBe(false);
    encode();
    expect(gpu.uploadedBytes).toBe(uploaded);
    renderer.set({ ...view, interacting: true });
    expect(renderer.dirty).toBe(true);
    encode();
    expect(renderer.picture?.drawn[0]).toBeLessThanOrEqual(SIZE[0]);
    const { table } = resident.shown.resident;
    resident.shown.resident.setRegions(table, 5);
    expect(renderer.dirty).toBe(true);
    encode();
    expect(renderer.dirty).toBe(false);
    renderer.setCase(null);
    resident.dispose();
  });

  it("draws only the background without a case or regions, and frees all GPU memory", async () => {
    const before = gpu.liveBytes;
    const own = await SurfaceRenderer.create(gpu, "rgba8unorm");
    const testCase = labelCase(plain, 40, 5);
    const view = viewOf(testCase.source, 5, { background: [1, 0, 0] });
    const resident = await residentOf(gpu, testCase);
    for (const [shown, layers] of [
      [null, view.layers],
      [resident.shown, []],
    ] as const) {
      own.setCase(shown);
      own.set({ ...view, layers });
      gpu.submit("surface", (encoder) => own.encode(encoder));
      if (!own.picture) throw new Error("no picture");
      expect(new Set(await readTexture(gpu, own.picture.color, SIZE))).toEqual(new Set([0xff0000ff]));
      expect(await own.pick([60, 50])).toBeNull();
    }
    own.set(view);
    gpu.submit("surface", (encoder) => own.encode(encoder));
    own.dispose();
    resident.dispose();
    expect(gpu.liveBytes).toBe(before);
  });

  it("draws only inside its rectangle", async () => {
    const testCase = labelCase(plain, 40, 5);
    const resident = await residentOf(gpu, testCase);
    renderer.setCase(resident.shown);
    renderer.set(viewOf(testCase.source, 5));
    const canvas = gpu.texture(
      "canvas",
      [200, 150],
      "rgba8unorm",
      GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
    );
    gpu.submit("surface", (encoder) => {
      renderer.encode(encoder);
      const view = canvas.texture.createView();
      const pass = encoder.beginRenderPass({
        colorAttachments: [{ view, loadOp: "clear", storeOp: "store", clearValue: [0, 0, 1, 1] }],
      });
      renderer.draw(pass, { x: 30, y: 20, width: SIZE[0], height: SIZE[1] });
      pass.end();
    });
    if (!renderer.picture) throw new Error("no picture");
    const picture = await readTexture(gpu, renderer.picture.color, SIZE);
    const drawn = await readTexture(gpu, canvas.texture, [200, 150]);
    const wrong = drawn.findIndex((pixel, i) => {
      const [x, y] = [(i % 200) - 30, Math.floor(i / 200) - 20];
      const isIn = x >= 0 && y >= 0 && x < SIZE[0] && y < SIZE[1];
      return pixel !== (isIn ? picture[y * SIZE[0] + x] : 0xffff0000);
    });
    expect(wrong).toBe(-1);
    canvas.dispose();
    renderer.setCase(null);
    resident.dispose();
  });
});
