/**
 * A tile shows exactly the target: the canvas is read back and every voxel's pixel compared with what torch and
 * scikit-image made of the same volume.
 */
import { readFileSync } from "node:fs";
import type { SamplingMode } from "../src/domain/deep-supervision.ts";
import { planeAxes, type Triple } from "../src/domain/grid.ts";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, probedVoxel } from "./support/app.ts";
import { canvasPixels, pixelAt } from "./support/pixels.ts";
import { expect, type Page, test } from "./support/test.ts";

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

const FOLDER = new URL("../src/domain/fixtures/downsampling/", import.meta.url);
const int16 = (name: string) => {
  const bytes = readFileSync(new URL(name, FOLDER));
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
const manifest = JSON.parse(readFileSync(new URL("manifest.json", FOLDER), "utf8")) as Manifest;
const wide = manifest.cases.find((entry) => entry.name === "wide-labels");
if (!wide) throw new Error("the fixture has no wide-labels");

const REGIONS = { sparse: [7, 256, 1605], large: [1, 2, 255, 1000, 32767] } as const;

function openCase(page: Page): Promise<void> {
  if (!wide) throw new Error("no case");
  const [nz, ny, nx] = wide.shape_zyx;
  const labels = writeNifti({ dims: [nx, ny, nz], values: int16(wide.labels_file), type: "int16" });
  const dataset = {
    channel_names: { "0": "CT" },
    labels: { background: 0, sparse: REGIONS.sparse, large: REGIONS.large },
    regions_class_order: [7, 1],
    numTraining: 1,
    file_ending: ".nii",
  };
  const plans = {
    plans_name: "nnUNetPlans",
    transpose_forward: [0, 1, 2],
    configurations: { "3d_fullres": { architecture: { arch_kwargs: { strides: wide.strides } } } },
  };
  return openFiles(page, [
    file("wide.nii", labels),
    file("dataset.json", JSON.stringify(dataset)),
    file("nnUNetPlans.json", JSON.stringify(plans)),
  ]);
}

/** An axial slice in which both regions have voxels. */
function sliceWithBoth(): number {
  if (!wide) throw new Error("no case");
  const values = int16(wide.labels_file);
  const size = wide.shape_zyx[1] * wide.shape_zyx[2];
  for (let z = 1; z < wide.shape_zyx[0]; z++) {
    const slice = values.subarray(z * size, (z + 1) * size);
    const voxels = Object.values(REGIONS).map((labels) =>
      slice.reduce((n, value) => n + ((labels as readonly number[]).includes(value) ? 1 : 0), 0),
    );
    if (voxels.every((n) => n >= 20)) return z;
  }
  throw new Error("no slice holds both regions");
}

for (const mode of ["nearest-exact", "resize-segmentation"] satisfies SamplingMode[]) {
  for (const from of ["label-first", "bit-packed"] as const) {
    test(`every voxel of two regions at every scale, ${mode}, drawn ${from}`, async ({ page }) => {
      if (!wide) throw new Error("no case");
      await goto(page, `?mode=${mode}&from=${from}&opacity=1&outline=0&cross=0`);
      await openCase(page);
      await page.getByRole("radio", { name: "Axial" }).click();
      await idle(page);
      const [start = 0] = await probedVoxel(page);
      const wanted = sliceWithBoth();
      for (let i = start; i !== wanted; i += Math.sign(wanted - start)) {
        await page.keyboard.press(wanted > start ? "]" : "[");
      }
      await idle(page);
      const picture = await canvasPixels(page);
      const boxes = await page.locator(".tile").evaluateAll((elements) => {
        const canvas = document.querySelector("canvas.grid-canvas")?.getBoundingClientRect();
        return elements.map((element) => {
          const box = element.getBoundingClientRect();
          return {
            x: box.x - (canvas?.x ?? 0),
            y: box.y - (canvas?.y ?? 0),
            width: box.width,
            height: box.height,
          };
        });
      });
      const [z = 0] = await probedVoxel(page);
      expect(z).toBe(wanted);
      const scales = wide.strides.length - 1;
      // NIfTI without a transform: i, j, k run towards R, A, S in steps of 1 mm.
      const grid = { shape: wide.shape_zyx, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
      const axes = planeAxes(grid, "axial");
      let checked = 0;
      for (const [row, labels] of Object.values(REGIONS).entries()) {
        for (let s = 0; s < scales; s++) {
          const box = boxes[row * scales + s];
          const target = wide.targets.find((t) => t.mode === mode && t.scale_index === s);
          if (!box) throw new Error(`no tile ${row}, ${s}`);
          const shape = target?.shape_zyx ?? wide.shape_zyx;
          const values = int16(target?.labels_file ?? wide.labels_file);
          const [nz, ny, nx] = shape;
          const plane = Math.floor(((z + 0.5) * nz) / wide.shape_zyx[0]);
          // The whole slice fits into the tile, in its middle.
          const pxPerVoxel = Math.min(box.width / wide.shape_zyx[2], box.height / wide.shape_zyx[1]);
          const [left, top] = [
            box.x + (box.width - pxPerVoxel * wide.shape_zyx[2]) / 2,
            box.y + (box.height - pxPerVoxel * wide.shape_zyx[1]) / 2,
          ];
          const colours = new Map<boolean, Set<string>>([
            [true, new Set()],
            [false, new Set()],
          ]);
          for (let v = 0; v < ny; v++) {
            for (let u = 0; u < nx; u++) {
              const x = left + ((u + 0.5) / nx) * pxPerVoxel * wide.shape_zyx[2];
              const y = top + ((v + 0.5) / ny) * pxPerVoxel * wide.shape_zyx[1];
              const i = axes.horizontal.direction > 0 ? u : nx - 1 - u;
              const j = axes.vertical.direction > 0 ? v : ny - 1 - v;
              const held = (labels as readonly number[]).includes(values[(plane * ny + j) * nx + i] ?? 0);
              colours.get(held)?.add(pixelAt(picture, Math.floor(x), Math.floor(y)).join());
              checked++;
            }
          }
          // At full opacity a region has one colour and the ground another: any wrong voxel would show in both sets.
          const [inside, outside] = [colours.get(true), colours.get(false)];
          expect(inside?.size ?? 0, `row ${row}, scale ${s}: colours inside`).toBeLessThanOrEqual(1);
          expect(
            outside?.size ?? 0,
            `row ${row}, scale ${s}: colours outside ${[...(outside ?? [])].join(" | ")} inside ${[...(inside ?? [])].join(" | ")}`,
          ).toBe(1);
          for (const colour of inside ?? []) expect(outside?.has(colour)).toBe(false);
          if (s === 0) expect(inside?.size).toBe(1);
        }
      }
      expect(checked).toBeGreaterThan(2 * 36 * 30);
    });
  }
}
