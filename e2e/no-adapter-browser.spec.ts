/**
 * Starts a browser without any adapter: its workers get none either, nor does the browser that `npm run
 * report` starts.
 */
import { chmodSync, writeFileSync } from "node:fs";
import type { Report } from "../src/domain/report/report.ts";
import { findBrowser, webgpuFlags } from "../tools/browser.ts";
import { sampleFiles } from "./support/app.ts";
import { runReport } from "./support/report.ts";
import { expect, test } from "./support/test.ts";
import { expectCountedOnCpu, expectToWorkWithout } from "./support/without-gpu.ts";

const browser = await findBrowser();

test.use({
  launchOptions: {
    ...(browser ? { executablePath: browser.executablePath } : {}),
    args: [...webgpuFlags(browser).filter((flag) => !/webgpu|vulkan|angle/i.test(flag)), "--disable-gpu"],
  },
});

test("counts, report and sentences", ({ page }) =>
  expectToWorkWithout(page, /WebGPU found no graphics adapter\. Turn on/));

test("npm run report counts without a GPU, and says so", async ({ context: _ }, info) => {
  const [labels = "", dataset = "", plans = ""] = sampleFiles(
    "Dataset901_AbdomenRegions",
    "abdomen_001",
    false,
  );
  const without = info.outputPath("browser-without-adapter");
  // The tool's own flags would ask for a software adapter if there is no other.
  writeFileSync(
    without,
    `#!/bin/sh
for arg; do
  shift
  case "$arg" in *webgpu*|*ulkan*|*angle*) ;; *) set -- "$@" "$arg" ;; esac
done
exec "${browser?.executablePath}" "$@" --disable-gpu
`,
  );
  chmodSync(without, 0o755);
  const args = ["--labels", labels, "--dataset", dataset, "--plans", plans];
  const exit = await runReport(args, undefined, { CHROME_PATH: without });
  expect(exit.stderr).toBe("");
  expect(exit.code).toBe(0);
  expectCountedOnCpu(JSON.parse(exit.stdout) as Report);
  // `--verify all` must say that it compared nothing.
  const asked = await runReport([...args, "--verify", "all"], undefined, { CHROME_PATH: without });
  expect(asked.stderr).toBe("--verify all compared nothing: the browser has no GPU, so the CPU counted.\n");
  expect(asked.code).toBe(0);
});
