/** Configures the build of the program `regionscope`, which Node runs as it is. */
import { defineConfig } from "vite";
import project from "./package.json" with { type: "json" };
import { licenses } from "./tools/vite-licenses.ts";

export default defineConfig({
  publicDir: false,
  plugins: [licenses().main],
  // Only what package.json installs with the program is imported at run time; Vite builds, so it is there
  // wherever there is something to build.
  ssr: { noExternal: true, external: [...Object.keys(project.dependencies), "vite"] },
  build: {
    ssr: true,
    outDir: "dist-program",
    emptyOutDir: true,
    target: "node20",
    rolldownOptions: {
      // The worker of `check` is a process of its own.
      input: ["tools/cli.ts", "tools/check/case-worker.ts"],
      // A busy machine is no fault of the build.
      checks: { bundlerTimings: false },
      output: {
        // All in one folder, as tools/run.ts takes the folder above its own for the project's.
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
      },
    },
  },
});
