/** Tests the Timing panel: benchmarks, the suite, cancelling, and exports. */
import { idle, openSample } from "./support/app.ts";
import { expect, test } from "./support/test.ts";
import { benchmarkInPanel, download, expectSameNumbers, openTiming } from "./support/timing.ts";

// On stock clocks, stock-clocks.spec.ts runs this check and examines the benchmark more closely.
test("a benchmark shows the numbers that it exports, verified bit for bit", {
  tag: "@machine-clocks",
}, async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const { panel, benchmark } = await benchmarkInPanel(page);
  await expectSameNumbers(page, panel, benchmark);
  await expect(panel.getByText("one bit per region, 32 to a word")).toBeVisible();
  await expect(panel.getByText("2 × 112×101×122 (the whole case)")).toBeVisible();
  // A stage faster than its limit is commented on.
  const below = await panel
    .getByRole("table", { name: "Times of the paths" })
    .getByText(/^0\.\d+×$/)
    .count();
  await expect(panel.getByText("Below 1×")).toHaveCount(below > 0 ? 1 : 0);
});

test("a benchmark can be cancelled, and leaves nothing behind", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const panel = await openTiming(page);
  const repeats = panel.getByRole("spinbutton", { name: /repeats/i });
  await repeats.fill("100");
  await expect(repeats).toHaveAccessibleDescription("Enter a whole number from 1 to 99.");
  await repeats.fill("50");
  await expect(repeats).toHaveAccessibleDescription("A whole number from 1 to 99");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  const cancel = panel.getByRole("button", { name: "Cancel comparison" });
  await test.step("a report waits and says for what; dataset.json is saved at once", async () => {
    const notices = page.getByRole("list", { name: "Notices" });
    const downloads: string[] = [];
    page.on("download", (download) => downloads.push(download.suggestedFilename()));
    await page.getByRole("button", { name: "Export report" }).click();
    await expect(notices).toHaveText("The report waits until the comparison of Timing ends.");
    await page.keyboard.press("Control+s");
    await expect.poll(() => downloads).toEqual(["dataset.json"]);
    await cancel.click();
    await expect(notices).toHaveCount(0);
    await expect.poll(() => downloads).toEqual(["dataset.json", "regionscope-abdomen_001.json"]);
  });
  await idle(page);
  await expect(panel.getByRole("table", { name: "Times of the paths" })).toHaveCount(0);
  await expect(panel.getByRole("button", { name: "Run comparison" })).toBeEnabled();
});

test("the suite shows each workload when it is measured, and can be cancelled and exported", async ({
  page,
  stockClocks,
}) => {
  // With slow clocks each workload repeats more often, and a second would add nothing new.
  const wanted = ["128³, 1 channel", "128³, 2 channels"].slice(0, stockClocks === null ? 2 : 1);
  await openSample(page, "abdomen-regions");
  const panel = await openTiming(page);
  await panel.getByRole("button", { name: "Run suite" }).click();
  await expect(panel.getByRole("button", { name: "Run comparison" })).toBeDisabled();
  const table = panel.getByRole("table", { name: "Suite" });
  // A workload repeats as often as the clocks require, which takes minutes on a busy machine.
  test.setTimeout(360_000);
  const last = table.getByRole("rowheader", { name: wanted.at(-1) ?? "", exact: true });
  await expect(last).toBeVisible({ timeout: 240_000 });
  await panel.getByRole("button", { name: "Cancel suite" }).click();
  await idle(page);
  await expect(panel.getByRole("button", { name: "Cancel suite" })).toHaveCount(0);
  const before = await table.getByRole("rowheader").allTextContents();
  // Late messages from the worker change nothing: it has stopped, or ends when the next job is done.
  await page.getByRole("combobox", { name: "Downsampling mode" }).click();
  await page.getByRole("option", { name: /^resize-segmentation/ }).click();
  await expect(page.getByRole("banner").getByRole("button", { name: "Targets verified" })).toBeVisible();
  const rows = await table.getByRole("rowheader").allTextContents();
  expect(rows).toEqual(before);
  expect(rows.slice(0, wanted.length)).toEqual(wanted);
  const exported = JSON.parse(await download(page, "Export suite as JSON")) as {
    schema: string;
    runs: { channels: number; cpu: unknown; verified: Record<string, { mismatches: number }> }[];
  };
  expect(exported.schema).toBe("regionscope.bench-suite/1");
  expect(exported.runs.map(({ channels }) => channels).slice(0, wanted.length)).toEqual(
    [1, 2].slice(0, wanted.length),
  );
  expect(exported.runs[0]?.verified).toEqual({
    "bit-packed": { mismatches: 0 },
    "label-first": { mismatches: 0 },
  });
  expect(exported.runs[0]?.cpu).not.toBeNull();
  expect(await download(page, "Export suite as Markdown")).toContain("| 128³, 1 channel |");
  await expect(panel.getByRole("button", { name: "Run comparison" })).toBeEnabled();
});

test("the report that the button saves holds the case's counts", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const report = JSON.parse(await download(page, "Export report")) as {
    schema: string;
    scales: { regionVoxels: number[] }[];
    verified: { mismatches: number };
  };
  expect(report.schema).toBe("regionscope.report/1");
  expect(report.scales.map((scale) => scale.regionVoxels[0])).toEqual([60703, 7505, 927, 115]);
  expect(report.verified.mismatches).toBe(0);
});
