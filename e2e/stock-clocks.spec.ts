/**
 * Runs the Timing panel on the clocks of stock Chrome: floored timestamps, a coarse clock and slow waits, on
 * a GPU 20 times faster.
 */
import { openSample } from "./support/app.ts";
import { expect, test } from "./support/test.ts";
import { benchmarkInPanel, expectSameNumbers } from "./support/timing.ts";

test("the panel's figures equal the exported ones; none is zero, negative or not a number, and each has its resolution", async ({
  page,
}) => {
  await openSample(page, "abdomen-regions");
  const { panel, benchmark } = await benchmarkInPanel(page);
  await expectSameNumbers(page, panel, benchmark);
  expect(benchmark.clocks.stampStepMs).toBeCloseTo(0.065536, 9);
  expect(benchmark.clocks.roundTripMs).toBeGreaterThan(1.4);

  const times = panel.getByRole("table", { name: "Times of the paths" });
  const figures = await times
    .getByRole("row")
    .filter({
      has: page.getByRole("rowheader", {
        name: /^(prepare|upload|downsample|limit|decode|loader part|total)$/,
      }),
    })
    .getByRole("cell")
    .allInnerTexts();
  expect(figures.length).toBe(3 * 8);
  for (const figure of figures)
    expect(figure).toMatch(/^(none|–|not measurable|(< )?(?!0(\.0+)?(?![\d.]))[\d.,]+( [µn]s)?(\n.+)?)$/);
  expect(await panel.innerText()).not.toMatch(/NaN|Infinity/);

  await panel.getByText("How these times were measured").click();
  await expect(panel.getByText("which step by 65.5 µs here")).toBeVisible();
  const resolutions = panel.getByRole("table", { name: "Repetitions and resolution" });
  for (const [row, stage] of (["prepare", "upload", "downsample", "decode"] as const).entries()) {
    const cells = await resolutions
      .getByRole("row")
      .nth(row + 1)
      .getByRole("cell")
      .allInnerTexts();
    for (const [i, path] of (["per-channel", "bit-packed", "label-first"] as const).entries()) {
      const timing = benchmark.paths[path]?.stages[stage];
      if (timing?.repetitions === 0) expect(cells[i]).toBe("none");
      else expect(cells[i]).toMatch(/^[\d.]+ ([mµn])s\n(once|[\d,]+ at a time)$/);
    }
  }
});
