import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { pageHead } from "./tools/page-head.ts";
import { wgslKernels } from "./tools/vite-wgsl.ts";

// A relative base lets the built files work from any sub-path of any static server.
export default defineConfig({
  base: "./",
  plugins: [
    react(),
    wgslKernels(),
    pageHead(),
    VitePWA({
      // src/app/offline.ts registers it, and public/manifest.webmanifest is a file as any other.
      injectRegister: false,
      manifest: false,
      // Not skipWaiting: a new version starts when the last page of the old one is closed, so that a page finds the
      // scripts it was built with for as long as it is open, and no page mixes two versions.
      registerType: "prompt",
      workbox: {
        globPatterns: ["**/*"],
        globIgnores: ["sw.js", "workbox-*.js", "**/*.map"],
        maximumFileSizeToCacheInBytes: 16 * 2 ** 20,
        navigateFallback: "index.html",
        // The view is in the address; the page is the same.
        ignoreURLParametersMatching: [/./],
        clientsClaim: true,
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  // Workers are built by themselves.
  worker: { format: "es", plugins: () => [wgslKernels()] },
  build: {
    target: "es2023",
    chunkSizeWarningLimit: 1000,
    // As text in a script, a picture would be fetched before the page starts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What the page starts with is two scripts: cut by what later parts share with it, it packs less well.
        codeSplitting: {
          groups: [
            { name: "libraries", tags: ["$initial"], test: /[\\/]node_modules[\\/]/ },
            { name: "start", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  // Named, so that the development server does not find them in a worker and reload the page.
  optimizeDeps: { include: ["fflate", "jsonc-parser", "nifti-reader-js", "zod"] },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
});
