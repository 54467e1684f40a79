/** Drives the page as a user would, and waits for its idle signal instead of fixed times. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";

export const SAMPLES = new URL("../../public/samples/", import.meta.url).pathname;

export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Goes to the page and waits until it is ready. */
export async function goto(page: Page, address = ""): Promise<void> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`/${address}`);
  await idle(page);
  expect(errors, "errors on the page").toEqual([]);
}

/** Waits until nothing is loading, computing or drawing. */
export async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.idle === "true");
}

/** The address, after it has caught up with the view: it follows once changes pause. */
export async function settledUrl(page: Page): Promise<URL> {
  await idle(page);
  await page.waitForFunction(() => document.documentElement.dataset.address === "current");
  return new URL(page.url());
}

/** Resizes an open page and waits until the layout has settled. */
export async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  // Resize observers run after the first frame.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await idle(page);
}

export function openSample(page: Page, id: string): Promise<void> {
  return goto(page, `?sample=${id}`);
}

/** Gives files to the dialog behind *Open files*. */
export async function openFiles(page: Page, files: readonly (string | TestFile)[]): Promise<void> {
  const payload = files.map((file) => (typeof file === "string" ? fromDisk(file) : file));
  await page.getByLabel("Open files", { exact: true }).and(page.locator("input")).setInputFiles(payload);
  await idle(page);
}

function fromDisk(path: string): TestFile {
  return { name: basename(path), mimeType: "", buffer: readFileSync(path) };
}

export function file(name: string, content: Uint8Array | string): TestFile {
  return { name, mimeType: "", buffer: Buffer.from(content) };
}

/** Plans with one configuration, which halves all axes `halvings` times. */
export function plansFile(halvings: number): TestFile {
  const strides = [[1, 1, 1], ...Array.from({ length: halvings }, () => [2, 2, 2])];
  const configurations = { "3d_fullres": { architecture: { arch_kwargs: { strides } } } };
  return file("nnUNetPlans.json", JSON.stringify({ configurations }));
}

/** The paths of a bundled sample's files. */
export function sampleFiles(folder: string, name: string, image = true): string[] {
  const at = (path: string) => join(SAMPLES, folder, path);
  return [
    at(`labelsTr/${name}.nii.gz`),
    ...(image ? [at(`imagesTr/${name}_0000.nii.gz`)] : []),
    at("dataset.json"),
    at("nnUNetPlans.json"),
  ];
}

export function grid(page: Page): Locator {
  return page.getByRole("application", { name: "Region by scale" });
}

export function probe(page: Page): Locator {
  return page.getByRole("region", { name: "Probe" });
}

/** The voxel that the probe line shows. */
export async function probedVoxel(page: Page): Promise<number[]> {
  const text = (await probe(page).textContent()) ?? "";
  const match = /(?:Crosshair|Pointer)\s+(\d+), (\d+), (\d+)/.exec(text);
  if (!match) throw new Error(`The probe line names no voxel: ${text}`);
  return match.slice(1, 4).map(Number);
}

/** The sentence that says what went wrong. */
export function problem(page: Page): Locator {
  return page.getByRole("alert").first();
}

/** Drops local paths onto the page, folders included, as the browser itself would. */
export async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 700, y: 450, data });
  }
  await session.detach();
  await idle(page);
}
