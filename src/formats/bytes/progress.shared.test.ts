/**
 * Compares every reference file with an independent plain reading: gunzip, DataView, one voxel at a time.
 * Runs only if the reference data lie next to the project.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "../../base/errors.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { labelsOf, open } from "../testing/opening.ts";
import type { InputFile } from "./input-file.ts";

const DATA = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const bytesOf = (path: string) => new Uint8Array(readFileSync(join(DATA, path)));
const inputOf = (path: string): InputFile => ({ path, blob: new Blob([bytesOf(path)]) });

/** Readable volumes that are not labels, and the expected refusal. */
const NOT_LABELS: Readonly<Record<string, RegExp>> = {
  "oddities/rgb_3D.nii": /RGB colours, not labels/,
  "oddities/example4d.nii.gz": /2 volumes with more than two values/,
  "oddities/example_nifti2.nii.gz": /2 volumes with more than two values/,
  "oddities/5D_small.nii": /3 volumes with more than two values/,
};
const MASKS_4D = "labels/us_labels4d_case26.nii.gz";

function volumes(folder: string): string[] {
  if (!existsSync(join(DATA, folder))) return [];
  return readdirSync(join(DATA, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => /\.(nii|hdr)(\.gz)?$/.test(path))
    .sort();
}

interface Plain {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

function readPlain(path: string): Plain {
  const unpack = (name: string) =>
    name.endsWith(".gz") ? new Uint8Array(gunzipSync(bytesOf(name))) : bytesOf(name);
  const head = unpack(path);
  const view = new DataView(head.buffer, head.byteOffset);
  const le = view.getInt32(0, true) === 348 || view.getInt32(0, true) === 540;
  const two = view.getInt32(0, le) === 540;
  const dim = Array.from({ length: 8 }, (_, i) =>
    two ? Number(view.getBigInt64(16 + 8 * i, le)) : view.getInt16(40 + 2 * i, le),
  );
  const rank = dim[0] ?? 0;
  const shape = dim.slice(1, rank + 1);
  const type = view.getInt16(two ? 12 : 70, le);
  const slope = two ? view.getFloat64(176, le) : view.getFloat32(112, le);
  const inter = two ? view.getFloat64(184, le) : view.getFloat32(116, le);
  const offset = two ? Number(view.getBigInt64(168, le)) : view.getFloat32(108, le);
  const pair = path.endsWith(".hdr");
  const stem = path.replace(/\.hdr$/, ".img");
  const body = pair ? unpack(existsSync(join(DATA, stem)) ? stem : `${stem}.gz`) : head;
  const data = new DataView(body.buffer, body.byteOffset + offset);
  const count = shape.reduce((a, b) => a * b, 1);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let value: number;
    if (type === 2) value = data.getUint8(i);
    else if (type === 4) value = data.getInt16(2 * i, le);
    else if (type === 8) value = data.getInt32(4 * i, le);
    else if (type === 16) value = data.getFloat32(4 * i, le);
    else if (type === 64) value = data.getFloat64(8 * i, le);
    else if (type === 256) value = data.getInt8(i);
    else if (type === 512) value = data.getUint16(2 * i, le);
    else if (type === 768) value = data.getUint32(4 * i, le);
    else if (type === 1024) value = Number(data.getBigInt64(8 * i, le));
    else if (type === 1280) value = Number(data.getBigUint64(8 * i, le));
    else throw new Error(`datatype ${type}`);
    const scaled = slope === 0 ? value : value * slope + inter;
    // Fractions are float32, as in nnU-Net.
    values[i] = Number.isInteger(scaled) ? scaled : Math.fround(scaled);
  }
  return { shape, values };
}

function plainCounts(values: Float64Array): [number, number][] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

describe.runIf(existsSync(DATA))("reference files", { timeout: 120_000 }, () => {
  const all = ["labels", "oddities", "samples"].flatMap(volumes);
  const readable = all.filter((path) => !(path in NOT_LABELS) && path !== MASKS_4D);

  it("are more than thirty", () => {
    expect(readable.length).toBeGreaterThan(30);
  });

  it.each(readable)("%s: labels and counts equal a plain reading", async (path) => {
    const neighbours = [`${path.slice(0, -4)}.img`, `${path.slice(0, -4)}.img.gz`].filter(
      (name) => path.endsWith(".hdr") && existsSync(join(DATA, name)),
    );
    const volume = labelsOf(await open([path, ...neighbours].map(inputOf), { labels: [path] }));
    const plain = readPlain(path);
    const [x = 1, y = 1, z = 1] = plain.shape;
    expect(volume.grid.shape).toEqual([z, y, x]);
    expect(Array.from(volume.palette, (value, i) => [value, volume.counts[i]])).toEqual(
      plainCounts(plain.values),
    );
    let differing = 0;
    for (let i = 0; i < plain.values.length; i++) {
      if (volume.palette[volume.indices[i] ?? -1] !== plain.values[i]) differing++;
    }
    expect(differing).toBe(0);
  });

  it("a 4D file of masks opens as a stack", async () => {
    const { source } = await open([inputOf(MASKS_4D)]);
    if (source?.kind !== "masks") throw new Error("Expected masks.");
    const { values, shape } = readPlain(MASKS_4D);
    expect(source.stack.bitPlanes.length).toBe(shape[3]);
    const voxels = values.length / source.stack.bitPlanes.length;
    let differing = 0;
    for (let i = 0; i < values.length; i++) {
      const voxel = i % voxels;
      const word = source.stack.bitPlanes[Math.floor(i / voxels)]?.[voxel >>> 5] ?? 0;
      if (((word >>> (voxel & 31)) & 1) !== values[i]) differing++;
    }
    expect(differing).toBe(0);
  });

  it.each(Object.entries(NOT_LABELS))("%s is refused in a sentence", async (path, message) => {
    await expect(open([inputOf(path)])).rejects.toThrow(message);
    await expect(open([inputOf(path)])).rejects.toThrow(InputError);
  });

  it.each([
    ["labels/example_ct_sm.nii.gz", "labels/example_seg.nii.gz"],
    ["labels/sub-ct_label-22_ct.nii.gz", "labels/sub-ct_seg-vert_label-22_msk.nii.gz"],
    ["labels/t2.nii.gz", "labels/t2_seg-manual_labeled.nii.gz"],
    ["labels/us_image_case26.nii.gz", MASKS_4D],
  ])("%s is the image of %s", async (image, labels) => {
    // Use bare names, as a file dialog gives them.
    const bare = (path: string) => ({ ...inputOf(path), path: path.replace(/^.*\//, "") });
    const opened = await open([bare(image), bare(labels)]);
    expect(opened.image?.data.length).toBe(readPlain(image).values.length);
    expect(opened.name).toBe(labels.replace(/^.*\/|\.nii\.gz$/g, ""));
    expect(opened.notices).toEqual([]);
  });

  it("label names come from the label table of the file", async () => {
    const { labelNames } = await open([inputOf("labels/example_seg.nii.gz")]);
    expect(labelNames[0]).toEqual({ value: 1, name: "spleen", color: [0, 1, 0] });
    expect(labelNames.length).toBeGreaterThan(90);
  });

  it.each(["Dataset901_AbdomenRegions", "Dataset903_SpineRegions"])("%s opens as a folder", async (name) => {
    const files = readdirSync(join(DATA, "samples", name), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.\w+$/.test(path))
      .map((path) => ({ ...inputOf(`samples/${name}/${path}`), path: `${name}/${path}` }));
    const opened = await open(files);
    expect(opened.plans?.configurations[0]?.strides?.length).toBeGreaterThan(4);
    expect(opened.definition?.labels.length).toBeGreaterThan(15);
    expect(opened.image?.grid).toEqual(labelsOf(opened).grid);
    expect(opened.notices).toEqual([]);
  });
});

const SOURCE = "samples/Dataset901_AbdomenRegions/labelsTr/abdomen_001.nii.gz";
const edit = (bytes: Uint8Array, change: (view: DataView) => void) => {
  const copy = bytes.slice();
  change(new DataView(copy.buffer));
  return copy;
};
const CORRUPTIONS: readonly (readonly [string, (packed: Uint8Array, plain: Uint8Array) => Uint8Array])[] = [
  ["gzip truncated", (packed) => packed.slice(0, 20_000)],
  ["gzip without check sum", (packed) => packed.slice(0, -5)],
  [
    "gzip with flipped bytes",
    (packed) => edit(packed, (view) => view.setUint32(30_000, ~view.getUint32(30_000))),
  ],
  ["data truncated", (_, plain) => plain.slice(0, 1_000_000)],
  ["data truncated, then gzip", (_, plain) => gzipSync(plain.slice(0, -1))],
  ["wrong magic", (_, plain) => edit(plain, (view) => view.setUint32(344, 0x61626300))],
  ["bad datatype", (_, plain) => edit(plain, (view) => view.setInt16(70, 4711, true))],
  ["bitpix of another type", (_, plain) => edit(plain, (view) => view.setInt16(72, 64, true))],
  ["a zero dimension", (_, plain) => edit(plain, (view) => view.setInt16(44, 0, true))],
  ["a negative dimension", (_, plain) => edit(plain, (view) => view.setInt16(46, -112, true))],
  [
    "4000³",
    (_, plain) =>
      edit(plain, (view) =>
        [42, 44, 46].forEach((at) => {
          view.setInt16(at, 4000, true);
        }),
      ),
  ],
  [
    "4000³, gzip",
    (_, plain) =>
      gzipSync(
        edit(plain, (view) =>
          [42, 44, 46].forEach((at) => {
            view.setInt16(at, 4000, true);
          }),
        ),
      ),
  ],
  ["voxels beyond the end", (_, plain) => edit(plain, (view) => view.setFloat32(108, 5e6, true))],
  ["voxels at NaN", (_, plain) => edit(plain, (view) => view.setFloat32(108, Number.NaN, true))],
  ["empty", () => new Uint8Array(0)],
  ["header alone", (_, plain) => plain.slice(0, 348)],
  ["text", () => new TextEncoder().encode("not a volume")],
];

describe.runIf(existsSync(DATA))("broken files", () => {
  const expectOneLine = async (file: InputFile) => {
    const error: unknown = await open([file]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(new RegExp(`^\\w+: ${file.path}: [^\\n]+\\. [^\\n]+\\.$`));
  };

  it.each(existsSync(DATA) ? readdirSync(join(DATA, "bad")) : [])("%s", async (name) => {
    await expectOneLine({ path: name, blob: inputOf(`bad/${name}`).blob });
  });

  it.each(CORRUPTIONS)("%s", async (_, corrupt) => {
    const packed = bytesOf(SOURCE);
    const bytes = Uint8Array.from(corrupt(packed, new Uint8Array(gunzipSync(packed))));
    const startMs = performance.now();
    await expectOneLine({ path: "broken.nii", blob: new Blob([bytes]) });
    expect(performance.now() - startMs).toBeLessThan(2000);
  });
});

describe.runIf(existsSync(DATA))("NRRD files of 3D Slicer", () => {
  const nrrdOf = (name: string) => ({ path: name, blob: inputOf(`nrrd/${name}`).blob });

  it.each([
    ["Segmentation.seg.nrrd", 1],
    ["prostate_phantom_subvolume-label.nrrd", 2],
  ])("%s: labels and counts equal a plain reading", async (name, bytesPerVoxel) => {
    const bytes = bytesOf(`nrrd/${name}`);
    const unpacked = gunzipSync(bytes.subarray(Buffer.from(bytes).indexOf("\n\n") + 2));
    const view = new DataView(unpacked.buffer, unpacked.byteOffset);
    const values = Float64Array.from({ length: unpacked.length / bytesPerVoxel }, (_, i) =>
      bytesPerVoxel === 1 ? view.getUint8(i) : view.getInt16(2 * i, true),
    );
    const volume = labelsOf(await open([nrrdOf(name)]));
    expect(Array.from(volume.palette, (value, i) => [value, volume.counts[i]])).toEqual(plainCounts(values));
    const differing = values.findIndex((value, i) => volume.palette[volume.indices[i] ?? -1] !== value);
    expect(differing).toBe(-1);
  });

  it("a segmentation has its names and colours, and the grid of its image", async () => {
    const { labelNames, image, source, notices } = await open(
      ["CTChest4.nrrd", "Segmentation.seg.nrrd"].map(nrrdOf),
    );
    expect(labelNames.map(({ name }) => name)).toContain("lumbar vertebral column");
    expect(labelNames[6]?.color).toEqual([0.501961, 0.682353, 0.501961]);
    expect(source && image && sourceGrid(source)).toEqual(image?.grid);
    expect(notices).toEqual([]);
  });

  it("overlapping segments open as masks on the grid of the image, and equal a plain reading", async () => {
    const name = "SegmentationOverlapping.seg.nrrd";
    const { source, image, notices } = await open(["CTChest4.nrrd", name].map(nrrdOf));
    if (source?.kind !== "masks") throw new Error("Expected masks.");
    const { stack } = source;
    expect(stack.names).toHaveLength(8);
    expect(stack.names[7]).toBe("overlapping sphere");
    expect(stack.colors?.[7]).toEqual([0.862745, 0.960784, 0.0784314]);
    expect(stack.grid).toEqual(image?.grid);
    expect(notices).toEqual([]);

    // Segments 0 to 6 are the values 1 to 7 of the first of two bytes per voxel; the last segment is value 1
    // of the second.
    const bytes = bytesOf(`nrrd/${name}`);
    const unpacked = gunzipSync(bytes.subarray(Buffer.from(bytes).indexOf("\n\n") + 2));
    const [plain, read] = [new Array<number>(8).fill(0), new Array<number>(8).fill(0)];
    let differing = 0;
    for (let voxel = 0; voxel < unpacked.length / 2; voxel++)
      for (let segment = 0; segment < 8; segment++) {
        const inside = segment < 7 ? unpacked[2 * voxel] === segment + 1 : unpacked[2 * voxel + 1] === 1;
        const bit = ((stack.bitPlanes[segment]?.[voxel >>> 5] ?? 0) >>> (voxel & 31)) & 1;
        if (inside) plain[segment] = (plain[segment] ?? 0) + 1;
        if (bit) read[segment] = (read[segment] ?? 0) + 1;
        if (bit !== Number(inside)) differing++;
      }
    expect(read).toEqual(plain);
    expect(plain[7]).toBeGreaterThan(19_000);
    expect(differing).toBe(0);
  });
});
