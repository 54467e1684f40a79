/**
 * Configures `npm run test:large`: a case that fills the memory that a page may take. It takes minutes, so
 * `npm test` leaves it out.
 */
import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

const { projects: _, ...alike } = base;
export default defineConfig({ ...alike, testDir: "e2e/large", timeout: 600_000 });
