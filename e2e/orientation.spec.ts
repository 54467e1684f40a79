/** One brain stored in five axis orders shows the same anatomy in the same place, with the same letters. */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { file, goto, idle, openFiles, type TestFile } from "./support/app.ts";
import { canvasPixels, differingPixels, type Picture } from "./support/pixels.ts";
import { clickPane, expectLetters, pane, paneBox } from "./support/planes.ts";
import { expect, type Page, test } from "./support/test.ts";

const FOLDER = new URL("../../shared/data/oddities/", import.meta.url).pathname;

/** An uncompressed NIfTI-1 file with one byte a voxel and an sform. */
interface Brain {
  readonly header: Buffer;
  /** Lengths along i, j, k. */
  readonly shape: readonly number[];
  /** Three rows of four. */
  readonly affine: readonly (readonly number[])[];
  readonly voxels: Uint8Array;
}

function read(name: string): Brain {
  const bytes = gunzipSync(readFileSync(`${FOLDER}${name}.nii.gz`));
  const row = (r: number) => [0, 1, 2, 3].map((c) => bytes.readFloatLE(280 + 16 * r + 4 * c));
  return {
    header: bytes.subarray(0, 352),
    shape: [42, 44, 46].map((at) => bytes.readInt16LE(at)),
    affine: [row(0), row(1), row(2)],
    voxels: bytes.subarray(bytes.readFloatLE(108)),
  };
}

/** Stores the brain with new axis a along old axis `order[a]`, reversed where `flips[a]`. */
function permuted(brain: Brain, order: readonly number[], flips: readonly boolean[]): Brain {
  const shape = order.map((axis) => brain.shape[axis] ?? 0);
  const affine = brain.affine.map((row) => {
    const columns = order.map((axis, a) => (row[axis] ?? 0) * (flips[a] ? -1 : 1));
    const moved = order.reduce(
      (sum, axis, a) => sum + (flips[a] ? (row[axis] ?? 0) * ((shape[a] ?? 1) - 1) : 0),
      row[3] ?? 0,
    );
    return [...columns, moved];
  });
  const voxels = new Uint8Array(brain.voxels.length);
  const [ni = 0, nj = 0, nk = 0] = shape;
  const [, oj = 0] = brain.shape;
  let to = 0;
  for (let k = 0; k < nk; k++)
    for (let j = 0; j < nj; j++)
      for (let i = 0; i < ni; i++) {
        const old = [0, 0, 0];
        [i, j, k].forEach((at, a) => {
          old[order[a] ?? 0] = flips[a] ? (shape[a] ?? 0) - 1 - at : at;
        });
        const [x = 0, y = 0, z = 0] = old;
        voxels[to++] = brain.voxels[x + (brain.shape[0] ?? 0) * (y + oj * z)] ?? 0;
      }
  return { header: brain.header, shape, affine, voxels };
}

function written(name: string, { header, shape, affine, voxels }: Brain): TestFile {
  const bytes = Buffer.concat([header, voxels]);
  shape.forEach((n, axis) => {
    bytes.writeInt16LE(n, 42 + 2 * axis);
    bytes.writeFloatLE(Math.hypot(...affine.map((row) => row[axis] ?? 0)), 80 + 4 * axis);
  });
  affine.forEach((row, r) => {
    row.forEach((value, c) => {
      bytes.writeFloatLE(value, 280 + 16 * r + 4 * c);
    });
  });
  bytes.writeFloatLE(352, 108);
  return file(`${name}.nii`, bytes);
}

interface Shown {
  readonly picture: Picture;
  readonly mm: readonly number[];
  /** As *Copy position* gives it. */
  readonly copied: readonly number[];
  /** z, y, x */
  readonly voxel: readonly number[];
}

async function show(page: Page, brain: TestFile): Promise<Shown> {
  await goto(page, "?view=planes&cross=0");
  await openFiles(page, [brain]);
  // The values are grey values; the test opens them as labels anyway.
  await page.getByRole("button", { name: "Open as labels" }).click();
  await idle(page);
  // Clicks the same places on the screen, in an order that sets all three coordinates.
  await clickPane(page, "Axial", 0.42, 0.4);
  await clickPane(page, "Coronal", 0.42, 0.36);
  const letters = { Axial: "ARLP", Coronal: "SRLI", Sagittal: "SAPI" } as const;
  for (const name of ["Axial", "Coronal", "Sagittal"] as const)
    await expectLetters(pane(page, name), letters[name]);
  const text = (await page.getByRole("region", { name: "Probe" }).textContent()) ?? "";
  const numbers = (pattern: RegExp) => (pattern.exec(text)?.slice(1, 4) ?? []).map(Number);
  await page.getByRole("button", { name: /^Copy position/ }).click();
  await expect(page.getByRole("status", { name: "Position" })).toHaveText("copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  return {
    copied: copied.split(", ").map(Number),
    picture: await canvasPixels(page),
    voxel: numbers(/Crosshair\s+(\d+), (\d+), (\d+)/),
    mm: numbers(/mm\s+(-?[\d.]+), (-?[\d.]+), (-?[\d.]+)/),
  };
}

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("one brain in five axis orders lies at the same place and looks the same", async ({ page }) => {
  test.skip(!existsSync(FOLDER), "the real files are not beside the project");
  test.setTimeout(240_000);
  const ras = read("RAS");
  const brains: Readonly<Record<string, Brain>> = {
    RAS: ras,
    PIR: read("PIR"),
    SPL: read("SPL"),
    LPS: permuted(ras, [0, 1, 2], [true, true, false]),
    ASR: permuted(ras, [1, 2, 0], [false, false, false]),
  };
  let first: Shown | null = null;
  for (const [order, brain] of Object.entries(brains)) {
    const shown = await show(page, written(order, brain));
    await expect(page.getByText(order, { exact: true }).first()).toBeAttached();
    // nibabel's arithmetic: the affine times (i, j, k); the probe line reads z, y, x.
    const [k = 0, j = 0, i = 0] = shown.voxel;
    const expected = brain.affine.map(([a = 0, b = 0, c = 0, d = 0]) => a * i + b * j + c * k + d);
    expect(shown.copied).toHaveLength(3);
    for (const [axis, mm] of expected.entries()) {
      expect(Math.abs(mm - (shown.copied[axis] ?? 0)), `${order}, axis ${axis}`).toBeLessThanOrEqual(1e-4);
      expect(Math.abs(mm - (shown.mm[axis] ?? 0))).toBeLessThanOrEqual(0.0501);
    }
    if (first === null) {
      first = shown;
      continue;
    }
    for (const [axis, mm] of shown.mm.entries())
      expect(Math.abs(mm - (first.mm[axis] ?? 0))).toBeLessThanOrEqual(0.11);
    for (const name of ["Axial", "Coronal", "Sagittal"] as const) {
      const { x, y, width, height } = await paneBox(page, name);
      const box = {
        x: Math.round(x),
        y: Math.round(y),
        width: Math.floor(width),
        height: Math.floor(height),
      };
      const differing = differingPixels(first.picture, shown.picture, box);
      // A pixel whose centre falls on a voxel's edge may show either voxel.
      expect(differing / (box.width * box.height), `${order} ${name}`).toBeLessThan(0.005);
    }
  }
});
