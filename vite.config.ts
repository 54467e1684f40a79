import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { smallShaders } from "./tools/vite-wgsl.ts";

// A relative base lets the built files work from any sub-path of any static server.
export default defineConfig({
  base: "./",
  plugins: [react(), smallShaders()],
  // Workers are built by themselves.
  worker: { format: "es", plugins: () => [smallShaders()] },
  build: { target: "es2023", chunkSizeWarningLimit: 1000 },
  // Named, so that the development server does not find them in a worker and reload the page.
  optimizeDeps: { include: ["fflate", "jsonc-parser", "nifti-reader-js", "zod", "webgpu-utils"] },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
});
