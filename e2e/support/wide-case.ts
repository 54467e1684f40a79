/**
 * A case of wide label values with targets from torch and scikit-image, and the pixels of its tiles, voxel by
 * voxel.
 */
import { readFileSync } from "node:fs";
import { planeAxes, type Triple } from "../../src/domain/geometry/grid.ts";
import type { SamplingMode } from "../../src/domain/targets/deep-supervision.ts";
import { writeNifti } from "../../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, probedVoxel } from "./app.ts";
import { canvasPixels, pixelAt } from "./pixels.ts";
import { expect, type Page } from "./test.ts";

interface Manifest {
  readonly cases: readonly {
    readonly name: string;
    readonly shape_zyx: Triple;
    readonly labels_file: string;
    readonly strides: readonly Triple[];
    readonly targets: readonly {
      readonly mode: SamplingMode;
      readonly scale_index: number;
      readonly shape_zyx: Triple;
      readonly labels_file: string;
    }[];
  }[];
}

const FOLDER = new URL("../../src/domain/fixtures/downsampling/", import.meta.url);
const int16 = (name: string) => {
  const bytes = readFileSync(new URL(name, FOLDER));
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
const manifest = JSON.parse(readFileSync(new URL("manifest.json", FOLDER), "utf8")) as Manifest;
const found = manifest.cases.find((entry) => entry.name === "wide-labels");
if (!found) throw new Error("the fixture has no wide-labels");
const wide = found;
export const WIDE_SCALES = wide.strides.length - 1;

export const WIDE_REGIONS = { sparse: [7, 256, 1605], large: [1, 2, 255, 1000, 32767] } as const;

/** Opens the case at `address` and moves to an axial slice with both regions. */
export async function openWide(page: Page, address: string): Promise<void> {
  const [nz, ny, nx] = wide.shape_zyx;
  const labels = writeNifti({ dims: [nx, ny, nz], values: int16(wide.labels_file), type: "int16" });
  const dataset = {
    channel_names: { "0": "CT" },
    labels: { background: 0, sparse: WIDE_REGIONS.sparse, large: WIDE_REGIONS.large },
    regions_class_order: [7, 1],
    numTraining: 1,
    file_ending: ".nii",
  };
  const plans = {
    plans_name: "nnUNetPlans",
    transpose_forward: [0, 1, 2],
    configurations: { "3d_fullres": { architecture: { arch_kwargs: { strides: wide.strides } } } },
  };
  await goto(page, address);
  await openFiles(page, [
    file("wide.nii", labels),
    file("dataset.json", JSON.stringify(dataset)),
    file("nnUNetPlans.json", JSON.stringify(plans)),
  ]);
  await page.getByRole("radio", { name: "Axial" }).click();
  await idle(page);
  const [start = 0] = await probedVoxel(page);
  for (let i = start; i !== SLICE; i += Math.sign(SLICE - start)) {
    await page.keyboard.press(SLICE > start ? "]" : "[");
  }
  await idle(page);
}

/** An axial slice in which both regions have voxels of two labels each. */
function sliceWithBoth(): number {
  const values = int16(wide.labels_file);
  const size = wide.shape_zyx[1] * wide.shape_zyx[2];
  const counted = (slice: Int16Array, label: number) => slice.reduce((n, v) => n + (v === label ? 1 : 0), 0);
  for (let z = 1; z < wide.shape_zyx[0]; z++) {
    const slice = values.subarray(z * size, (z + 1) * size);
    const counts = Object.values(WIDE_REGIONS).map((labels) => labels.map((label) => counted(slice, label)));
    const isEnough = (of: readonly number[]) =>
      of.reduce((a, b) => a + b, 0) >= 20 && of.filter((n) => n >= 3).length >= 2;
    if (counts.every(isEnough)) return z;
  }
  throw new Error("no slice holds both regions");
}

const SLICE = sliceWithBoth();

export interface TileVoxel {
  readonly row: number;
  readonly scale: number;
  readonly value: number;
  readonly colour: string;
}

/** The pixel in the middle of each voxel of the slice, in all tiles of the open case. */
export async function wideTileVoxels(page: Page, mode: SamplingMode): Promise<TileVoxel[]> {
  const picture = await canvasPixels(page);
  const boxes = await page.locator(".tile").evaluateAll((elements) => {
    const canvas = document.querySelector("canvas.grid-canvas")?.getBoundingClientRect();
    return elements.map((element) => {
      const box = element.getBoundingClientRect();
      return {
        x: box.x - (canvas?.x ?? 0),
        y: box.y - (canvas?.y ?? 0),
        width: box.width,
        // Below the picture is its text.
        height: box.height - (element.querySelector(".tile-text")?.getBoundingClientRect().height ?? 0),
      };
    });
  });
  const [z = 0] = await probedVoxel(page);
  expect(z).toBe(SLICE);
  // The sform of test files: i, j, k run towards R, A, S in steps of 1 mm.
  const grid = { shape: wide.shape_zyx, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
  const axes = planeAxes(grid, "axial");
  const voxels: TileVoxel[] = [];
  for (const row of Object.values(WIDE_REGIONS).keys()) {
    for (let scale = 0; scale < WIDE_SCALES; scale++) {
      const box = boxes[row * WIDE_SCALES + scale];
      const target = wide.targets.find((t) => t.mode === mode && t.scale_index === scale);
      if (!box) throw new Error(`no tile ${row}, ${scale}`);
      const [nz, ny, nx] = target?.shape_zyx ?? wide.shape_zyx;
      const values = int16(target?.labels_file ?? wide.labels_file);
      const plane = Math.floor(((z + 0.5) * nz) / wide.shape_zyx[0]);
      // The whole slice fits into the tile, centred.
      const pxPerVoxel = Math.min(box.width / wide.shape_zyx[2], box.height / wide.shape_zyx[1]);
      const [left, top] = [
        box.x + (box.width - pxPerVoxel * wide.shape_zyx[2]) / 2,
        box.y + (box.height - pxPerVoxel * wide.shape_zyx[1]) / 2,
      ];
      for (let v = 0; v < ny; v++) {
        for (let u = 0; u < nx; u++) {
          const x = left + ((u + 0.5) / nx) * pxPerVoxel * wide.shape_zyx[2];
          const y = top + ((v + 0.5) / ny) * pxPerVoxel * wide.shape_zyx[1];
          const i = axes.horizontal.direction > 0 ? u : nx - 1 - u;
          const j = axes.vertical.direction > 0 ? v : ny - 1 - v;
          const value = values[(plane * ny + j) * nx + i] ?? 0;
          voxels.push({ row, scale, value, colour: pixelAt(picture, Math.floor(x), Math.floor(y)).join() });
        }
      }
    }
  }
  return voxels;
}
