/** Thumbnails of the samples (224 × 152 px): screenshots of the page taken by `npm run pictures`. */
import type { SampleId } from "../../app/commands/commands.ts";
import abdomenOrgans from "./thumbnails/abdomen-organs.webp";
import abdomenRegions from "./thumbnails/abdomen-regions.webp";
import spineRegions from "./thumbnails/spine-regions.webp";
import synthetic from "./thumbnails/synthetic.webp";

export const THUMBNAILS: Readonly<Record<SampleId, string>> = {
  "abdomen-regions": abdomenRegions,
  "abdomen-organs": abdomenOrgans,
  "spine-regions": spineRegions,
  synthetic,
};
