/** Tests GPU errors without device loss: the page never presents failed work as done. */
import { goto, idle, openSample, problem } from "./support/app.ts";
import { calling, runEarlyInWorkers } from "./support/early-scripts.ts";
import { expect, type Page, test } from "./support/test.ts";
import { openTiming } from "./support/timing.ts";

/** Makes buffers with this label invalid, as running out of memory would, and swallows the creation error. */
function invalidateBuffers(label: string): void {
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor: GPUBufferDescriptor) {
    if (!descriptor.label?.startsWith(label)) return createBuffer.call(this, descriptor);
    this.pushErrorScope("validation");
    const buffer = createBuffer.call(this, {
      ...descriptor,
      usage: descriptor.usage | GPUBufferUsage.MAP_READ,
    });
    this.popErrorScope().catch(() => undefined);
    return buffer;
  };
}

const counts = (page: Page) => page.getByRole("region", { name: "Regions" });

test("a count that the GPU did not finish is not shown, and no finding relies on it", {
  tag: "@quick",
}, async ({ page }) => {
  await page.addInitScript(invalidateBuffers, "palette counts");
  await openSample(page, "abdomen-regions");
  await expect(problem(page)).toContainText("The GPU reported an error while counting voxels");
  // A label's full-size count comes from the file, and stays.
  await expect(counts(page).getByRole("row", { name: /skeleton/ })).toContainText("60,703");
  await expect(page.locator(".tile").first()).toBeAttached();
  await expect(page.locator(".tile-count, .tile-state")).toHaveCount(0);
  await expect(page.getByText(/no voxels in this case/)).toHaveCount(0);
  await expect(page.getByText(/no voxel here|no voxels left/)).toHaveCount(0);
  // Nothing may draw from freed buffers: the error would be one that the test did not announce.
  await idle(page);
  await page.getByRole("application", { name: "Region by scale" }).press("ArrowUp");
  await idle(page);
});

test("an unexpected GPU error is reported, and the counts become unknown", async ({
  page,
  announceError,
}) => {
  announceError(/^Uncaptured: /);
  await page.addInitScript(() => {
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor) {
      const device = await requestDevice.call(this, descriptor);
      const failOnGpu = () => {
        device.createBuffer({ size: 4, usage: 0 });
        // The browser reports an error only with the next submitted work.
        device.queue.submit([]);
      };
      Object.assign(window, { failOnGpu });
      return device;
    };
  });
  await openSample(page, "abdomen-regions");
  const row = counts(page).getByRole("row", { name: /skeleton/ });
  await expect(row).toContainText("scales 0 to 3 never gone");
  const inTiles = page.locator(".tile-count");
  await expect(inTiles.first()).toBeAttached();
  await page.evaluate(() => (Reflect.get(window, "failOnGpu") as () => void)());
  await expect(problem(page)).toContainText("The GPU reported an error");
  await expect(problem(page)).toContainText("open the case again");
  await expect(inTiles).toHaveCount(0);
  // Shares come from the labels, without the GPU.
  await expect(row).toContainText("scales 0 to 3 never gone");
  await goto(page, "?sample=abdomen-regions");
  await expect(inTiles.first()).toBeAttached();
});

test("a path that fails is shown as failed, with its reason and without a figure", async ({
  page,
  context,
}) => {
  await runEarlyInWorkers(context, [calling(invalidateBuffers, "label-first")]);
  await openSample(page, "abdomen-organs");
  const panel = await openTiming(page);
  await panel.getByRole("spinbutton", { name: /repeats/i }).fill("1");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  await idle(page);
  await expect(panel.getByRole("alert")).toContainText("label-first failed. The GPU reported an error while");
  const table = panel.getByRole("table", { name: "Times of the paths" });
  await expect(table.getByRole("columnheader")).toHaveText(["ms per batch", "per-channel", "bit-packed"]);
  const cards = panel.getByRole("list", { name: "Speed-up over per-channel" }).getByRole("listitem");
  await expect(cards.filter({ hasText: "bit-packed" })).toContainText("×");
  await expect(cards.filter({ hasText: "label-first was not measured" })).toContainText("The GPU reported");
});
