/**
 * Tests that the flagship sample says one thing of the pancreas everywhere: findings, dots, tiles, Survival,
 * the report and the README give the share of patches that is computed here, draw by draw.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { idle, openSample, SAMPLES, sampleFiles } from "./support/app.ts";
import { reportBy } from "./support/report.ts";
import { expect, test } from "./support/test.ts";

type Point = readonly [number, number, number];

const FOLDER = "Dataset901_AbdomenRegions";

const { shape, labels } = (() => {
  const bytes = gunzipSync(readFileSync(join(SAMPLES, FOLDER, "labelsTr/abdomen_001.nii.gz")));
  const [depth, height, width] = [46, 44, 42].map((at) => bytes.readInt16LE(at)) as [number, number, number];
  const offset = bytes.readFloatLE(108);
  const wide = bytes.readInt16LE(72) / 8;
  const read = (i: number) =>
    wide === 1 ? bytes.readUInt8(offset + i) : bytes.readInt16LE(offset + i * wide);
  return {
    shape: [depth, height, width] as const,
    labels: Uint8Array.from({ length: depth * height * width }, (_, i) => read(i)),
  };
})();

const dataset = JSON.parse(readFileSync(join(SAMPLES, FOLDER, "dataset.json"), "utf8")) as {
  readonly labels: Readonly<Record<string, number | readonly number[]>>;
};
const regions = Object.entries(dataset.labels)
  .filter(([name]) => name !== "background")
  .map(([name, values]) => ({ name, values: [values].flat() }));

const PATCH: Point = [112, 96, 112];
/** nnU-Net's `get_patch_size` of that patch, for rotations by 30 degrees and scales from 0.85. */
const LOADED: Point = [170, 163, 179];

const AXES = [0, 1, 2] as const;

/** Least and greatest corner of what the loader cuts out (`get_bbox`). */
const bounds = AXES.map((axis) => {
  const pad = Math.max(LOADED[axis] - PATCH[axis], LOADED[axis] - shape[axis]);
  return { low: Math.floor(-pad / 2), high: shape[axis] + Math.floor(pad / 2) + (pad % 2) - LOADED[axis] };
});
const low = (axis: 0 | 1 | 2) => bounds[axis]?.low ?? 0;
const high = (axis: 0 | 1 | 2) => bounds[axis]?.high ?? 0;

/**
 * Probability of each corner: half of the patches lie anywhere in bounds, half are centred on a voxel of one
 * of the regions. Takes all of a region's voxels, where nnU-Net takes 10,000 or 1 % of them.
 */
function corners(): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const add = (corner: Point, probability: number) => {
    const key = ((corner[0] + 500) * 1000 + corner[1] + 500) * 1000 + corner[2] + 500;
    found.set(key, (found.get(key) ?? 0) + probability);
  };
  const lengths = AXES.map((axis) => high(axis) - low(axis) + 1);
  const count = lengths.reduce((product, length) => product * length, 1);
  for (let z = low(0); z <= high(0); z++)
    for (let y = low(1); y <= high(1); y++)
      for (let x = low(2); x <= high(2); x++) add([z, y, x], 0.5 / count);
  for (const { values } of regions) {
    const voxels = [...labels.keys()].filter((i) => values.includes(labels[i] ?? 0));
    for (const i of voxels) {
      const row = Math.floor(i / shape[2]);
      const at: Point = [Math.floor(row / shape[1]), row % shape[1], i % shape[2]];
      const corner = AXES.map((axis) => Math.max(low(axis), at[axis] - Math.floor(LOADED[axis] / 2)));
      add([corner[0] ?? 0, corner[1] ?? 0, corner[2] ?? 0], 0.5 / regions.length / voxels.length);
    }
  }
  return found;
}

/** Positions of a patch axis that a scale takes, by torch's nearest-exact. */
function taken(size: number, factor: number): number[] {
  const count = Math.round(size / factor);
  const step = Math.fround(size / count);
  return Array.from({ length: count }, (_, i) => Math.floor(Math.fround((i + 0.5) * step)));
}

/** The share of the patches with a region in which it is gone at scales 1 to 3. */
function goneShares(name: string): number[] {
  const values = regions.find((region) => region.name === name)?.values ?? [];
  const its = [...labels.keys()].flatMap((i): Point[] => {
    if (!values.includes(labels[i] ?? 0)) return [];
    const row = Math.floor(i / shape[2]);
    return [[Math.floor(row / shape[1]), row % shape[1], i % shape[2]]];
  });
  const isTaken = [1, 2, 4, 8].map((factor) =>
    AXES.map((axis) => {
      const positions = new Set(taken(PATCH[axis], factor));
      return Array.from({ length: PATCH[axis] }, (_, at) => positions.has(at));
    }),
  );
  let inPatch = 0;
  const gone = [0, 0, 0, 0];
  for (const [key, probability] of corners()) {
    const corner: Point = [
      Math.floor(key / 1e6) - 500,
      (Math.floor(key / 1000) % 1000) - 500,
      (key % 1000) - 500,
    ];
    const origin = AXES.map(
      (axis) => corner[axis] + Math.floor(LOADED[axis] / 2) - Math.floor(PATCH[axis] / 2),
    );
    const [z0 = 0, y0 = 0, x0 = 0] = origin;
    const isThere = isTaken.map(([zs, ys, xs]) =>
      its.some(([z, y, x]) => zs?.[z - z0] && ys?.[y - y0] && xs?.[x - x0]),
    );
    if (!isThere[0]) continue;
    inPatch += probability;
    for (const [s, there] of isThere.entries()) if (!there) gone[s] = (gone[s] ?? 0) + probability;
  }
  return gone.map((share) => share / inPatch).slice(1);
}

test("the abdomen says one thing of the pancreas everywhere", async ({ page, reportPage }) => {
  const [first = 1, second = 1, third = 0] = goneShares("pancreas");
  expect([first, second]).toEqual([0, 0]);
  // Far enough from a half to be rounded alike although nnU-Net takes fewer voxels.
  const percent = Math.round(100 * third);
  expect(Math.abs(100 * third - percent)).toBeLessThan(0.35);
  const said = `gone in ${percent} % of patches`;

  await test.step("the report", async () => {
    const [given = "", , definition = "", plans = ""] = sampleFiles(FOLDER, "abdomen_001");
    const made = await reportBy(reportPage, ["--labels", given, "--dataset", definition, "--plans", plans]);
    if (!made.patches || "refused" in made.patches) throw new Error("no shares");
    const { gone } = made.patches.regions.find(({ region }) => region === "pancreas") ?? { gone: [] };
    expect(gone.map((share) => Math.round(100 * (share ?? -1)))).toEqual([0, 0, 0, percent]);
    // The loss leaves scale 3 out, so nothing is wrong.
    expect(made.patches.scales[3]?.lossWeight).toBe(0);
    expect(made.findings).toEqual([]);
  });

  await test.step("the README", () => {
    const text = readFileSync(new URL("../README.md", import.meta.url), "utf8").replace(/\s+/g, " ");
    expect(text).toContain(`at the last scale, it is gone in ${percent} % of the patches`);
  });

  await openSample(page, "abdomen-regions");
  await test.step("findings", async () => {
    await expect(page.getByRole("region", { name: "Findings" })).toContainText("none");
  });

  await test.step("the dots", async () => {
    const row = page.getByRole("table", { name: "Regions" }).getByRole("row", { name: /pancreas/ });
    await expect(row.locator(".dots .visually-hidden")).toHaveText(
      `scales 0 to 2 never gone, scale 3 ${said} (weight 0)`,
    );
    await expect(row.locator(".dot").nth(3)).toHaveAttribute("data-shape", "some");
    await expect(row.locator(".dot").nth(2)).toHaveAttribute("data-shape", "rarely");
  });

  await test.step("the tiles", async () => {
    await page.keyboard.press("j");
    for (let i = 0; i < 13; i++) await page.keyboard.press("j");
    await idle(page);
    const tiles = page
      .locator(".grid-row")
      .filter({ has: page.getByRole("button", { name: /^pancreas/ }) })
      .locator(".tile");
    await expect(tiles.nth(3)).toContainText(said);
    await expect(tiles.nth(3)).toContainText("no voxel here");
    for (const scale of [0, 1, 2]) await expect(tiles.nth(scale)).not.toContainText(/gone|no voxel/);
    await expect(page.locator("body")).not.toContainText(/vanishe[ds]/);
  });

  await test.step("Survival", async () => {
    await page.keyboard.press("v");
    await idle(page);
    const row = page
      .getByRole("treegrid", { name: "Survival of regions and components" })
      .getByRole("row", { level: 1 })
      .filter({ has: page.getByRole("rowheader", { name: "pancreas" }) });
    await expect(row.getByRole("gridcell").last()).toContainText(`${percent} % at scale 3 (weight 0)`);
    for (const scale of [1, 2])
      await expect(row.getByRole("gridcell").nth(2 + scale)).toContainText("never gone");
    await expect(row.getByRole("gridcell").nth(5)).toContainText(`gone ${percent} %`);
    await expect(page.locator("body")).not.toContainText(/vanish|surviv(e|es|ed) /);
  });
});
