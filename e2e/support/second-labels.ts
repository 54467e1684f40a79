/** Helpers for tests of Compare: label files, opening the second one, and a plain recount. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, type Page } from "@playwright/test";
import { idle, SAMPLES, sampleFiles, type TestFile } from "./app.ts";

export const LABELS = sampleFiles("Dataset901_AbdomenRegions", "abdomen_001", false)[0] ?? "";
export const DEFINITION = JSON.parse(
  readFileSync(`${SAMPLES}Dataset901_AbdomenRegions/dataset.json`, "utf8"),
) as {
  readonly labels: Readonly<Record<string, number | number[]>>;
};

export async function openSecond(page: Page, second: TestFile): Promise<void> {
  await page.getByLabel("Label file B", { exact: true }).setInputFiles(second);
  await idle(page);
}

export function rowOf(page: Page, name: string) {
  return page
    .getByRole("grid", { name: "Overlap of A and B" })
    .getByRole("row")
    .filter({ has: page.getByText(name, { exact: true }) });
}

/** Checks every row against a plain recount of both files. */
export async function expectRecount(
  page: Page,
  labels: Readonly<Record<string, number | readonly number[]>>,
  a: Uint8Array,
  b: Uint8Array,
  regions: number,
): Promise<void> {
  const entries = Object.entries(labels).filter(([name]) => name !== "background");
  expect(entries).toHaveLength(regions);
  for (const [name, value] of entries) {
    const inside = new Set(typeof value === "number" ? [value] : value);
    let [inA, inB, both] = [0, 0, 0];
    for (let i = 0; i < a.length; i++) {
      const [isA, isB] = [inside.has(a[i] ?? 0), inside.has(b[i] ?? 0)];
      if (isA) inA++;
      if (isB) inB++;
      if (isA && isB) both++;
    }
    const dice = inA + inB === 0 ? "both empty" : diceText((2 * both) / (inA + inB));
    const cells = await rowOf(page, name).getByRole("gridcell").allTextContents();
    expect(cells.slice(0, 4), name).toEqual([
      ...[inA, inB, both].map((n) => n.toLocaleString("en-US")),
      dice,
    ]);
  }
}

/** Never shows 1 where something differs. */
function diceText(dice: number): string {
  return (dice < 1 ? Math.min(dice, 0.9999) : 1).toFixed(4);
}

/** Reads a bundled label file (uint8), in the axis order z, y, x. */
export function nifti(path: string) {
  const bytes = new Uint8Array(gunzipSync(readFileSync(path)));
  const view = new DataView(bytes.buffer);
  const dim = (i: number) => view.getInt16(40 + 2 * i, true);
  expect(view.getInt16(70, true), "uint8").toBe(2);
  const shape = [dim(3), dim(2), dim(1)] as const;
  return { bytes, shape, read: () => bytes.slice(view.getFloat32(108, true)) };
}

export function withLabels(bytes: Uint8Array, labels: Uint8Array): Uint8Array {
  const out = bytes.slice();
  out.set(labels, out.length - labels.length);
  return out;
}
