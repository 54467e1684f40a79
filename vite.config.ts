/** Configures the build of the page and its workers, the service worker, and the development server. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { pageHead } from "./tools/page-head.ts";
import { licenses } from "./tools/vite-licenses.ts";
import { wgslKernels } from "./tools/vite-wgsl.ts";

const { main, ofWorkers } = licenses();

// A relative base lets the built files work from any sub-path of any static server.
export default defineConfig({
  base: "./",
  plugins: [
    react(),
    wgslKernels(),
    pageHead(),
    main,
    VitePWA({
      // src/app/offline.ts registers the worker, and public/manifest.webmanifest is an ordinary file.
      injectRegister: false,
      manifest: false,
      // Not skipWaiting: a new version starts once the last page of the old one is closed. An open page thus
      // keeps finding the scripts that it was built with, and never mixes two versions.
      registerType: "prompt",
      workbox: {
        globPatterns: ["**/*"],
        globIgnores: ["sw.js", "workbox-*.js", "**/*.map", "licenses.md"],
        maximumFileSizeToCacheInBytes: 16 * 2 ** 20,
        navigateFallback: "index.html",
        // The address holds only the view; the page is the same.
        ignoreURLParametersMatching: [/./],
        clientsClaim: true,
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  // Workers have their own build, with their own plugins.
  worker: { format: "es", plugins: () => [wgslKernels(), ofWorkers] },
  build: {
    target: "es2023",
    chunkSizeWarningLimit: 1000,
    // Inlined into a script, a picture would be fetched before the page starts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // A busy machine is no fault of the build.
      checks: { bundlerTimings: false },
      output: {
        // Bundles the initial code into two scripts. Splitting it by what later parts share compresses less
        // well.
        codeSplitting: {
          groups: [
            { name: "libraries", tags: ["$initial"], test: /[\\/]node_modules[\\/]/ },
            { name: "start", tags: ["$initial"] },
            // One script, because the first script lists every script that later parts share.
            { name: "icons", test: /[\\/]lucide-react[\\/]/ },
          ],
        },
      },
    },
  },
  // Listed, so that the development server does not discover them in a worker and reload the page.
  optimizeDeps: { include: ["fflate", "jsonc-parser", "nifti-reader-js", "zod"] },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
});
