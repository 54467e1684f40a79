/** Options of a checker for tests, each of which names what it changes. */
import type { CheckerOptions } from "../worker-checker.ts";

export const OPTIONS: CheckerOptions = {
  workers: 1,
  definition: null,
  plans: null,
  configuration: null,
  trainer: "default",
  reader: null,
  mode: "nearest-exact",
  grid: "stored",
  predictions: false,
  toleranceMm: 1,
  firstImage: null,
};
