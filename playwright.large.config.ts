import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

/** `npm run test:large`: a case that fills the memory a page may take. Minutes, so not a part of `npm test`. */
const { projects: _, ...alike } = base;
export default defineConfig({ ...alike, testDir: "e2e/large", timeout: 600_000 });
