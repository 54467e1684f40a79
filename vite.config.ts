import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// A relative base lets the built files work from any sub-path of any static server.
export default defineConfig({
  base: "./",
  plugins: [react()],
  worker: { format: "es" },
  build: { target: "es2023" },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
});
