/**
 * Reads real files beside the project, where available: reports on every readable file match the labels and
 * plain counts; every other file gives one sentence and exit code 2.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Report } from "../src/domain/report/report.ts";
import { Headless } from "../tools/headless.ts";
import { type Exit, refusalBy, runReport } from "./support/report.ts";
import { expect, test } from "./support/test.ts";

const DATA = new URL("../../shared/data/", import.meta.url).pathname;
const here = existsSync(DATA);

/**
 * Readable, but not labels: colours, or several volumes that are not masks. The page refuses each with a
 * sentence.
 */
const NOT_LABELS = ["rgb_3D.nii", "example4d.nii.gz", "example_nifti2.nii.gz", "5D_small.nii"];
/** A 4D stack of binary masks: no label values, one region a volume. */
const STACKS = ["us_labels4d_case26.nii.gz"];

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return /\.(nii|nii\.gz|hdr)$/.test(name) ? [path] : [];
  });
}

const READABLE = ["labels", "oddities", "samples"]
  .flatMap((name) => filesBelow(join(DATA, name)))
  .filter((path) => !NOT_LABELS.includes(basename(path)) && !STACKS.includes(basename(path)));

const bytesOf = (path: string) => {
  const raw = readFileSync(path);
  return raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw;
};

/** Reads in the simplest possible way: each voxel through a DataView, counted in a map. */
function plainCounts(path: string): Map<number, number> {
  const head = bytesOf(path);
  const pair = path.endsWith(".hdr");
  const partner = [".img", ".img.gz"]
    .map((ending) => path.replace(/\.hdr$/, ending))
    .find((p) => existsSync(p));
  const body = pair && partner ? bytesOf(partner) : head;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const little = [348, 540].includes(view.getInt32(0, true));
  const two = view.getInt32(0, little) === 540;
  const dims = Array.from({ length: 8 }, (_, i) =>
    two ? Number(view.getBigInt64(16 + 8 * i, little)) : view.getInt16(40 + 2 * i, little),
  );
  const type = view.getInt16(two ? 12 : 70, little);
  const offset = pair ? 0 : two ? Number(view.getBigInt64(168, little)) : view.getFloat32(108, little);
  let slope = two ? view.getFloat64(176, little) : view.getFloat32(112, little);
  let inter = two ? view.getFloat64(184, little) : view.getFloat32(116, little);
  if (slope === 0 || !Number.isFinite(slope)) [slope, inter] = [1, 0];
  const count = dims.slice(1, 1 + (dims[0] ?? 0)).reduce((a, b) => a * Math.max(1, b), 1);
  const data = new DataView(body.buffer, body.byteOffset + offset);
  const decoders: Record<number, readonly [number, (at: number) => number]> = {
    2: [1, (at) => data.getUint8(at)],
    4: [2, (at) => data.getInt16(at, little)],
    8: [4, (at) => data.getInt32(at, little)],
    16: [4, (at) => data.getFloat32(at, little)],
    64: [8, (at) => data.getFloat64(at, little)],
    256: [1, (at) => data.getInt8(at)],
    512: [2, (at) => data.getUint16(at, little)],
    768: [4, (at) => data.getUint32(at, little)],
    1024: [8, (at) => Number(data.getBigInt64(at, little))],
    1280: [8, (at) => Number(data.getBigUint64(at, little))],
  };
  const decoder = decoders[type];
  if (!decoder) throw new Error(`${path} has datatype ${type}`);
  const counts = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const scaled = decoder[1](i * decoder[0]) * slope + inter;
    // nnU-Net keeps fractions in single precision.
    const value = Number.isInteger(scaled) ? scaled : Math.fround(scaled);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

test.describe("real files", () => {
  test.skip(!here, "they are not at hand");
  let app: Headless;
  test.beforeAll(async () => {
    app = await Headless.open();
  });
  test.afterAll(() => app?.close());

  for (const path of READABLE) {
    test(`${path.slice(DATA.length)}: the labels and counts of a plain reading`, async () => {
      test.setTimeout(900_000);
      const partner = [".img", ".img.gz"]
        .map((e) => path.replace(/\.hdr$/, e))
        .filter((p) => p !== path && existsSync(p));
      const answer = await app.report([path, ...partner], {
        labels: [basename(path)],
        dataset: null,
        plans: null,
        image: null,
        configuration: null,
        mode: "nearest-exact",
        path: "auto",
        // Some files are images.
        labelsAnyway: true,
      });
      if (!answer.ok) throw new Error(answer.sentence);
      const report = answer.report as Report;
      const plain = [...plainCounts(path)].sort((a, b) => a[0] - b[0]);
      expect(report.case.labels.length).toBe(plain.length);
      for (const [i, [value, voxels]] of plain.entries()) {
        expect(report.case.labels[i]?.voxels).toBe(voxels);
        expect(report.case.labels[i]?.value).toBeCloseTo(value, 4);
      }
      expect(report.verified?.mismatches).toBe(0);
      // Without dataset.json, each label except 0 and -1 is its own region, complete at full size.
      const foreground = plain.filter(([value]) => value !== 0 && value !== -1).map(([, voxels]) => voxels);
      expect(report.scales[0]?.regionVoxels).toEqual(foreground);
    });
  }

  for (const name of [...NOT_LABELS, ...STACKS]) {
    test(`${name}: is refused in one sentence, or opens as masks`, async () => {
      const [path] = ["labels", "oddities"]
        .map((folder) => join(DATA, folder, name))
        .filter((p) => existsSync(p));
      const exit = await runReport(["--labels", path ?? name]);
      if (STACKS.includes(name)) {
        const report = JSON.parse(exit.stdout) as Report;
        expect(report.regions.length).toBeGreaterThan(1);
        expect(report.path).toBe("bit-packed");
        expect(report.verified?.mismatches).toBe(0);
      } else expectRefusal(exit, name);
    });
  }
});

/** Voxels of each segment, in order of segment number. The layers interleave, one byte each. */
function plainSegments(path: string): number[] {
  const file = readFileSync(path);
  const end = file.indexOf("\n\n") + 2;
  const text = file.subarray(0, end).toString();
  const voxels = gunzipSync(file.subarray(end));
  const layers = Number(/^sizes: (\d+)/m.exec(text)?.[1]);
  const counts: number[] = [];
  for (let number = 0; text.includes(`Segment${number}_ID:=`); number++) {
    const key = (name: string) =>
      Number(new RegExp(`^Segment${number}_${name}:=(\\d+)`, "m").exec(text)?.[1]);
    const [layer, value] = [key("Layer"), key("LabelValue")];
    let count = 0;
    for (let at = layer; at < voxels.length; at += layers) if (voxels[at] === value) count++;
    counts.push(count);
  }
  return counts;
}

test.describe("overlapping segments", () => {
  test.skip(!here, "they are not at hand");

  test("are reported with the voxels of a plain reading", async () => {
    const path = join(DATA, "nrrd/SegmentationOverlapping.seg.nrrd");
    const exit = await runReport(["--labels", path]);
    expect([exit.code, exit.stderr]).toEqual([0, ""]);
    const report = JSON.parse(exit.stdout) as Report;
    const plain = plainSegments(path);
    expect(plain).toHaveLength(8);
    expect(report.scales[0]?.regionVoxels).toEqual(plain);
    expect(report.regions.at(-1)?.name).toBe("overlapping sphere");
    expect([report.path, report.verified?.mismatches]).toEqual(["bit-packed", 0]);
  });
});

function expectRefusal(exit: Exit, name: string): void {
  expect(exit.code, `${name}: ${exit.stderr}`).toBe(2);
  expect(exit.stdout).toBe("");
  expect(exit.stderr.trim().split("\n")).toHaveLength(1);
  expect(exit.stderr).toContain(name);
}

test.describe("bad files", () => {
  test.skip(!here, "they are not at hand");
  const folder = mkdtempSync(join(tmpdir(), "regionscope-bad-"));
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  /** Writes a good file corrupted in ten ways. */
  const corrupted = (): string[] => {
    const gz = readFileSync(join(DATA, "samples/Dataset901_AbdomenRegions/labelsTr/abdomen_001.nii.gz"));
    const plain = gunzipSync(gz);
    const spoiled = (change: (view: DataView) => void) => {
      const copy = Uint8Array.from(plain.subarray(0, 4000));
      change(new DataView(copy.buffer));
      return copy;
    };
    const flipped = Uint8Array.from(gz);
    for (let i = 5000; i < 5040; i++) flipped[i] = 255 - (flipped[i] ?? 0);
    return [
      write("cut.nii.gz", gz.subarray(0, gz.length >> 1)),
      write("no-trailer.nii.gz", gz.subarray(0, gz.length - 8)),
      write("flipped.nii.gz", flipped),
      write("short.nii", plain.subarray(0, plain.length - 1)),
      write("header-only.nii", plain.subarray(0, 352)),
      write("empty.nii", new Uint8Array(0)),
      write(
        "magic.nii",
        spoiled((v) => v.setInt32(0, 349, true)),
      ),
      write(
        "datatype.nii",
        spoiled((v) => v.setInt16(70, 9999, true)),
      ),
      write(
        "zero.nii",
        spoiled((v) => v.setInt16(42, 0, true)),
      ),
      write(
        "negative.nii",
        spoiled((v) => v.setInt16(44, -3, true)),
      ),
      write(
        "huge.nii",
        spoiled((v) => {
          for (const at of [42, 44, 46]) v.setInt16(at, 4000, true);
        }),
      ),
      write(
        "offset.nii",
        spoiled((v) => v.setFloat32(108, 1e9, true)),
      ),
    ];
  };

  // In this process, as starting a browser for each takes minutes; other files above have their own.
  test("each exits with code 2 and one line that names the file", async ({ reportPage }) => {
    test.setTimeout(600_000);
    const bad = readdirSync(join(DATA, "bad")).map((name) => join(DATA, "bad", name));
    for (const path of [...bad, ...corrupted()])
      expectRefusal(await refusalBy(reportPage, ["--labels", path]), basename(path));
  });
});
