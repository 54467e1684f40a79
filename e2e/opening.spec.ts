/**
 * Opens cases in every way: samples, addresses, dialogs, drops, folders, masks, phantoms, and cancels one.
 */
import { join } from "node:path";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import {
  dropPaths,
  file,
  goto,
  grid,
  idle,
  openFiles,
  openSample,
  probe,
  problem,
  SAMPLES,
  sampleFiles,
} from "./support/app.ts";
import { expect, test } from "./support/test.ts";

test("a sample opens from its card with every region counted at every scale", { tag: "@quick" }, async ({
  page,
}) => {
  await goto(page);
  await page.getByRole("button", { name: /Abdomen, 25 nested regions/ }).click();
  await idle(page);
  const regions = page.getByRole("table", { name: "Regions" });
  await expect(regions).toHaveAttribute("aria-rowcount", "26");
  await expect(regions.getByRole("row", { name: /skeleton/ })).toContainText("60,703");
  for (const count of ["60,703 voxels", "7,505 voxels", "927 voxels", "115 voxels"]) {
    await expect(grid(page)).toContainText(count);
  }
  await expect(page.getByText("weight 0 (unused)")).toBeVisible();
  await expect(page.getByRole("button", { name: "Targets verified" })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("sample")).toBe("abdomen-regions");
});

test("the address reopens the same view of a sample", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "abdomen-regions&plane=axial&voxel=40,50,60&solo=kidneys&mode=resize-segmentation");
  await expect(probe(page)).toContainText("Crosshair 40, 50, 60");
  await expect(page.getByRole("radio", { name: "Axial" })).toBeChecked();
  await expect(grid(page)).toContainText("kidneys");
  await expect(grid(page)).not.toContainText("skeleton");
});

test("73 regions take three words, and their list scrolls", async ({ page }) => {
  await openSample(page, "abdomen-organs");
  await expect(page.getByRole("table", { name: "Regions" })).toHaveAttribute("aria-rowcount", "74");
  await page.keyboard.press("b");
  await expect(page.getByText(/73 channels packed into 3 32-bit words/)).toBeVisible();
  await grid(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await idle(page);
  await expect(grid(page)).toContainText("costal_");
});

test("transposed plans and anisotropic strides of the spine", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "spine-regions");
  await expect(grid(page).or(page.locator(".grid")).first()).toBeVisible();
  await expect(page.getByText("17×346×384", { exact: true })).toBeVisible();
  await expect(page.getByText("17×173×192")).toBeVisible();
});

test("labels, image, dataset.json and plans open together by the dialog, in any order", {
  tag: "@quick",
}, async ({ page }) => {
  await goto(page);
  await openFiles(page, sampleFiles("Dataset901_AbdomenRegions", "abdomen_001").reverse());
  await expect(page.getByText("AbdomenRegions")).toBeVisible();
  await expect(grid(page)).toContainText("60,703 voxels");
  await expect(probe(page)).toContainText("HU");
});

test("labels alone open with one region per label and guessed scales; dataset.json joins later", async ({
  page,
}) => {
  await goto(page);
  const [labels, , dataset] = sampleFiles("Dataset901_AbdomenRegions", "abdomen_001");
  await openFiles(page, [labels ?? ""]);
  await expect(page.getByRole("table", { name: "Regions" })).toHaveAttribute("aria-rowcount", "26");
  await expect(page.getByText("14×13×15")).toBeVisible();
  await openFiles(page, [dataset ?? ""]);
  await expect(page.getByRole("table", { name: "Regions" })).toContainText("skeleton");
});

test("an image opened later joins the open case as its underlay", async ({ page }) => {
  await goto(page);
  const [labels, image] = sampleFiles("Dataset901_AbdomenRegions", "abdomen_001");
  await openFiles(page, [labels ?? ""]);
  await expect(probe(page)).not.toContainText("Image");
  await openFiles(page, [image ?? ""]);
  await expect(page.getByRole("table", { name: "Regions" })).toHaveAttribute("aria-rowcount", "26");
  await expect(probe(page)).toContainText("Image 93");
});

test("dataset.json and plans opened before the labels wait for them", async ({ page }) => {
  await goto(page);
  const [labels, , dataset, plans] = sampleFiles("Dataset903_SpineRegions", "spine_002");
  await openFiles(page, [plans ?? ""]);
  await expect(page.getByRole("list", { name: "Notices" })).toContainText("nnUNetPlans.json is loaded");
  await openFiles(page, [dataset ?? ""]);
  await expect(page.getByRole("table", { name: "Regions" })).toContainText("spinal_canal");
  await openFiles(page, [labels ?? ""]);
  await expect(page.getByRole("table", { name: "Regions" })).toContainText("spinal_canal");
  await expect(page.getByText("17×173×192")).toBeVisible();
});

test("a dropped dataset folder opens its case", async ({ page }) => {
  await goto(page);
  await dropPaths(page, [join(SAMPLES, "Dataset901_AbdomenRegions")]);
  await expect(grid(page)).toContainText("60,703 voxels");
  await expect(page.getByText("AbdomenRegions")).toBeVisible();
});

test("a case that replaces one of the same name says so, over the page and for a while", async ({ page }) => {
  const files = sampleFiles("Dataset901_AbdomenRegions", "abdomen_001");
  await openSample(page, "abdomen-regions");
  const note = page.locator(".opened-note");
  await expect(note).toHaveCount(0);
  const [name, canvas] = [page.locator(".case-name"), page.locator(".grid-canvas")];
  const before = [await name.textContent(), await canvas.boundingBox()];
  await page.clock.install();
  // The note may be gone when everything is drawn.
  const opened = openFiles(page, files);
  await expect(note).toHaveText(
    "Opened abdomen_001: labels, image, dataset.json, plans; 25 regions at 4 scales",
  );
  await expect(note).toBeInViewport({ ratio: 1 });
  expect([await name.textContent(), await canvas.boundingBox()]).toEqual(before);
  // It takes no click from what is below it, and is read out by the announcer alone.
  const box = await note.boundingBox();
  const below = await page.evaluate(
    ([x, y]) => document.elementFromPoint(x ?? 0, y ?? 0)?.closest(".messages") ?? null,
    [(box?.x ?? 0) + 20, (box?.y ?? 0) + 10],
  );
  expect(below).toBe(null);
  await expect(note).toHaveAttribute("aria-hidden", "true");
  await opened;
  await page.clock.fastForward(9000);
  await expect(note).toHaveCount(0);

  const dropped = dropPaths(page, [join(SAMPLES, "Dataset901_AbdomenRegions")]);
  await expect(note).toHaveText(
    "Opened abdomen_001 from Dataset901_AbdomenRegions/: labels, image, dataset.json, plans; 25 regions at 4 scales",
  );
  await dropped;
});

test("a folder with several cases asks which", async ({ page }) => {
  await goto(page);
  await dropPaths(page, [SAMPLES.replace(/\/$/, "")]);
  const cases = page.getByRole("list", { name: "Cases" });
  await expect(cases).toBeVisible();
  await cases.getByText(/spine_002/).click();
  await idle(page);
  await expect(page.getByText("17×346×384", { exact: true })).toBeVisible();
});

test("binary masks that overlap open as a stack of regions named after their files", async ({ page }) => {
  await goto(page);
  const dims = [9, 8, 7];
  const box = (from: number, to: number) =>
    Uint8Array.from({ length: 9 * 8 * 7 }, (_, i) => (i % 9 >= from && i % 9 < to ? 1 : 0));
  await openFiles(page, [
    file("liver.nii", writeNifti({ dims, values: box(0, 5) })),
    file("tumour.nii", writeNifti({ dims, values: box(3, 6) })),
  ]);
  const regions = page.getByRole("table", { name: "Regions" });
  await expect(regions.getByRole("row", { name: /liver/ })).toContainText("280");
  await expect(regions.getByRole("row", { name: /tumour/ })).toContainText("168");
  await expect(page.getByRole("button", { name: "Targets verified" })).toBeVisible();
});

test("a phantom with a chosen number of regions", async ({ page }) => {
  await goto(page);
  await page.getByLabel("Number of regions in the phantom").fill("40");
  await page.getByRole("button", { name: "Open phantom" }).click();
  await idle(page);
  await expect(page.getByRole("table", { name: "Regions" })).toHaveAttribute("aria-rowcount", "41");
});

test("a load can be cancelled, and the open case stays", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  // Large enough to take a while to read: 400³ voxels, made in the page.
  const header = writeNifti({ dims: [1, 1, 1], values: [0], spoil: { dim: [3, 400, 400, 400, 1, 1, 1, 1] } });
  await page.evaluate(
    (head) => {
      const body = new Uint8Array(400 ** 3);
      for (let i = 0; i < body.length; i += 977) body[i] = i % 200;
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(head), body], "large.nii"));
      const input = document.querySelector<HTMLInputElement>('input[aria-label="Open files"]');
      if (!input) throw new Error("no input");
      input.files = transfer.files;
      // Watches in the page: by the time the test saw the button, a fast reader worker would be done.
      const pressed = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          const buttons = [...document.querySelectorAll("button")];
          const cancel = buttons.find(({ textContent }) => textContent === "Cancel");
          if (!cancel) return;
          observer.disconnect();
          cancel.click();
          resolve();
        });
        observer.observe(document.body, { childList: true, subtree: true });
      });
      input.dispatchEvent(new Event("change", { bubbles: true }));
      return pressed;
    },
    [...header.subarray(0, 352)],
  );
  await idle(page);
  await expect(grid(page)).toContainText("60,703 voxels");
  await expect(page.getByText("large.nii")).toHaveCount(0);
  await expect(problem(page)).toHaveCount(0);
});
