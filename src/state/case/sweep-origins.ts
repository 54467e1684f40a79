/** Selector of the origins that a sweep goes through, loaded with the controls that name them. */
import { memo } from "../../base/memo.ts";
import { loadedPatchSize, trainedOrigins } from "../../domain/patches/loader.ts";
import type { OriginRange } from "../../domain/targets/patch.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectSweepQuery } from "./shown-patch.ts";

/** Origins at which the training loader places patches that may lie anywhere; null if there is no sweep. */
export const selectSweepOrigins = memo(
  (s: AppState) => [selectSweepQuery(s)],
  (query): OriginRange | null =>
    query &&
    trainedOrigins(sourceGrid(query.source).shape, query.size, loadedPatchSize(query.size, query.is2d)),
);
