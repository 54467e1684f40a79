/**
 * Compares all three paths with targets made by torch and scikit-image: always with the project's own small
 * part, and with the whole folder if it lies beside the project.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { type SamplingMode, scalesOf } from "../../domain/targets/deep-supervision.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { readBytes } from "../../gpu/readback.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { planBlocks } from "../core/block.ts";
import { execute } from "../measure/run-verification.ts";
import { countTargets } from "../measure/verify.ts";
import { TARGET_PATHS } from "./select-path.ts";

interface Spec {
  readonly name: string;
  readonly shape_zyx: Triple;
  readonly labels_file: string;
  readonly strides: readonly Triple[];
  readonly regions: readonly (readonly number[])[];
  readonly targets: readonly {
    readonly mode: SamplingMode;
    readonly scale_index: number;
    readonly labels_file?: string;
    readonly region_voxels?: readonly number[];
  }[];
}

type Files = Readonly<Record<string, () => Promise<string>>>;

const FOLDERS: readonly { readonly name: string; readonly files: Files }[] = [
  {
    name: "the project's part",
    files: import.meta.glob<string>("../../domain/fixtures/downsampling/*", {
      query: "?url",
      import: "default",
    }),
  },
  {
    name: "the whole folder",
    files: import.meta.glob<string>("../../../../shared/oracle/downsampling/*", {
      query: "?url",
      import: "default",
    }),
  },
];

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

async function load(files: Files, name: string): Promise<ArrayBuffer> {
  const url = Object.entries(files).find(([path]) => path.endsWith(`/${name}`))?.[1];
  if (!url) throw new Error(`There is no ${name}.`);
  return (await fetch(await url())).arrayBuffer();
}

/**
 * Makes a table of plain membership: the reference keeps -1 as a label, which nnU-Net has turned into 0 by
 * then.
 */
function plainTable(palette: Float64Array, regions: Spec["regions"]): RegionTable {
  const words = Math.ceil(regions.length / 32);
  const bits = new Uint32Array(words * palette.length);
  for (const [c, labels] of regions.entries()) {
    for (const [p, value] of palette.entries()) {
      const at = (c >>> 5) * palette.length + p;
      if (labels.includes(value)) bits[at] = ((bits[at] ?? 0) | (1 << (c & 31))) >>> 0;
    }
  }
  return { channels: regions.length, words, paletteSize: palette.length, bits };
}

async function check(files: Files, spec: Spec, mode: SamplingMode): Promise<number> {
  const labels = new Int16Array(await load(files, spec.labels_file));
  const volume = volumeFromLabels({ shape: spec.shape_zyx, toWorld: [] }, labels);
  const source: Source = { kind: "labels", volume };
  const table = plainTable(volume.palette, spec.regions);
  const scales = scalesOf(spec.shape_zyx, spec.strides);
  const [block] = planBlocks(spec.shape_zyx, table.channels, scales, mode, gpu.maxBindingBytes);
  if (!block) throw new Error("no block");
  let compared = 0;
  for (const path of TARGET_PATHS) {
    const run = await path.open(gpu, { source, table, block });
    execute(gpu, run);
    const counts = await countTargets(gpu, block, run);
    for (const target of spec.targets.filter((t) => t.mode === mode && t.labels_file)) {
      const want = new Int16Array(await load(files, target.labels_file ?? ""));
      const got = run.targets[target.scale_index];
      if (!got?.buffer) throw new Error(`${path.name} has no scale ${target.scale_index}`);
      expect(got.voxels).toBe(want.length);
      const bytes = new Uint8Array(await readBytes(gpu, got.buffer));
      for (const [c, region] of spec.regions.entries()) {
        const members = new Set(region);
        const at = c * got.stride;
        const wrong = want.findIndex((value, i) => bytes[at + i] !== Number(members.has(value)));
        expect(wrong, `${path.name}, scale ${target.scale_index}, region ${c}: first wrong voxel`).toBe(-1);
      }
      expect(counts[target.scale_index]).toEqual(target.region_voxels);
      compared += spec.regions.length * want.length;
    }
    run.dispose();
  }
  return compared;
}

for (const { name, files } of FOLDERS) {
  const here = Object.keys(files).length > 0;
  describe.skipIf(!here)(name, async () => {
    const manifest = here
      ? (JSON.parse(new TextDecoder().decode(await load(files, "manifest.json"))) as { cases: Spec[] })
      : { cases: [] };
    for (const spec of manifest.cases) {
      for (const mode of ["nearest-exact", "resize-segmentation"] satisfies SamplingMode[]) {
        it(`${spec.name}, ${mode}: every path gives the reference's voxels of every region`, async () => {
          expect(await check(files, spec, mode)).toBeGreaterThan(0);
        });
      }
    }
    if (!here) it("is skipped without its files", () => undefined);
  });
}
