import { existsSync, realpathSync } from "node:fs";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { findBrowser, webgpuFlags } from "./tools/browser.ts";
import { wgslKernels } from "./tools/vite-wgsl.ts";

/** Where reference results beside the project really lie: a link to them is followed before it is checked. */
function referenceFolders(): string[] {
  return existsSync("../shared") ? [realpathSync("../shared")] : [];
}

/** Two projects: plain logic in Node, kernels and viewers in a real browser with WebGPU. */
export default defineConfig(async ({ mode }) => {
  const browser = mode === "node-only" ? undefined : await findBrowser();
  return {
    test: {
      projects: [
        {
          plugins: [wgslKernels()],
          test: {
            name: "node",
            include: ["{src,tools}/**/*.test.{ts,tsx}"],
            exclude: ["**/*.gpu.test.ts"],
            environment: "node",
            testTimeout: 60_000,
          },
        },
        {
          // Reference results that are too large for the project may lie beside it.
          plugins: [wgslKernels()],
          server: { fs: { allow: ["..", ...referenceFolders()] } },
          test: {
            name: "gpu",
            include: ["src/**/*.gpu.test.ts"],
            testTimeout: 60_000,
            fileParallelism: false,
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: {
                  ...(browser ? { executablePath: browser.executablePath } : {}),
                  args: webgpuFlags(browser),
                },
              }),
              instances: [{ browser: "chromium" as const }],
            },
          },
        },
      ],
    },
  };
});
