/** Configures the tests: plain logic in Node; kernels and viewers in a real browser with WebGPU, twice. */
import { existsSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { type FoundBrowser, findBrowser, testFlags } from "./tools/browser.ts";
import { COMMAND_TESTS } from "./tools/readme-commands.ts";
import { wgslKernels } from "./tools/vite-wgsl.ts";

/**
 * The real folder of reference results beside the project: the server follows a link before it checks the
 * path.
 */
function referenceFolders(): string[] {
  return existsSync("../shared") ? [realpathSync("../shared")] : [];
}

/** A slab of this many bytes holds only a few planes of the tests' volumes. */
const SMALL_SLAB_BYTES = 1024;

function gpuProject(browser: FoundBrowser | undefined, test: TestProjectInlineConfiguration["test"]) {
  return {
    // Reference results that are too large for the project may lie beside it.
    plugins: [wgslKernels()],
    server: { fs: { allow: ["..", ...referenceFolders()] } },
    test: {
      ...test,
      testTimeout: 60_000,
      fileParallelism: false,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            ...(browser ? { executablePath: browser.executablePath } : {}),
            args: testFlags(browser),
          },
        }),
        instances: [{ browser: "chromium" as const }],
      },
    },
  };
}

/** Tests that measure: `npm test` runs nothing beside them. */
const TIMES = ["src/viewers/grid/frame-time.gpu.test.ts", "src/targets/measure/stock-clocks.gpu.test.ts"];

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
            exclude: ["**/*.gpu.test.ts", ...COMMAND_TESTS],
            environment: "node",
            testTimeout: 60_000,
            pool: "threads",
            // By default vitest leaves one core free, even of two.
            maxWorkers: availableParallelism(),
          },
        },
        {
          test: {
            name: "commands",
            include: [...COMMAND_TESTS],
            environment: "node",
            // One of them builds what another packs.
            fileParallelism: false,
            testTimeout: 300_000,
            maxConcurrency: 2,
          },
        },
        gpuProject(browser, {
          name: "gpu",
          include: ["src/**/*.gpu.test.ts"],
          exclude: TIMES,
          provide: { slabBytes: null },
        }),
        gpuProject(browser, { name: "gpu-times", include: TIMES, provide: { slabBytes: null } }),
        // The same kernels on a device with the default WebGPU limits, with volumes in many slabs.
        gpuProject(browser, {
          name: "gpu-limits",
          include: ["src/{targets,viewers}/**/*.gpu.test.ts"],
          exclude: TIMES,
          provide: { slabBytes: SMALL_SLAB_BYTES },
          setupFiles: ["tools/simulated/gpu.setup.ts"],
        }),
      ],
    },
  };
});
