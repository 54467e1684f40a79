/** A browser started without WebGPU: its workers have none either, and neither has the one that `npm run report` starts. */
import { chmodSync, writeFileSync } from "node:fs";
import type { Report } from "../src/domain/report.ts";
import { findBrowser, webgpuFlags } from "../tools/browser.ts";
import { sampleFiles } from "./support/app.ts";
import { runReport } from "./support/report.ts";
import { expect, test } from "./support/test.ts";
import { expectCountedOnCpu, expectToWorkWithout } from "./support/without-gpu.ts";

const OFF = "--disable-blink-features=WebGPU";
const browser = await findBrowser();

test.use({
  launchOptions: {
    ...(browser ? { executablePath: browser.executablePath } : {}),
    args: [...webgpuFlags(browser), OFF],
  },
});

test("counts, report and sentences", async ({ page }) => {
  await expectToWorkWithout(page, /This browser has no WebGPU\. Open the page in/);
  expect(await page.evaluate(() => ["gpu" in navigator, "GPUBufferUsage" in globalThis])).toEqual([
    false,
    false,
  ]);
});

test("npm run report counts without WebGPU, and says so", async ({ context: _ }, info) => {
  const [labels = "", dataset = "", plans = ""] = sampleFiles(
    "Dataset901_AbdomenRegions",
    "abdomen_001",
    false,
  );
  const without = info.outputPath("browser-without-webgpu");
  writeFileSync(without, `#!/bin/sh\nexec "${browser?.executablePath}" "$@" ${OFF}\n`);
  chmodSync(without, 0o755);
  const args = ["--labels", labels, "--dataset", dataset, "--plans", plans];
  const outcome = await runReport(args, undefined, { CHROME_PATH: without });
  expect(outcome.stderr).toBe("");
  expect(outcome.code).toBe(0);
  expectCountedOnCpu(JSON.parse(outcome.stdout) as Report);
});
