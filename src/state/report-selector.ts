import { buildReport, type Report } from "../domain/report.ts";
import type { AppState } from "./app-state.ts";
import { gridMismatch } from "./grid-mismatch.ts";
import { memo } from "./memo.ts";
import { selectRegionSet, selectScales } from "./selectors.ts";

/** What *Export report* saves; null until counts and comparison are there. */
export const selectReport = memo(
  (s: AppState) => [
    s.openCase,
    s.definition,
    s.gpu,
    s.mode,
    s.path,
    s.pathReason,
    selectRegionSet(s),
    selectScales(s),
    s.regionVoxels,
    s.verified,
  ],
  (
    openCase,
    definition,
    gpu,
    mode,
    path,
    pathReason,
    regionSet,
    scales,
    regionVoxels,
    verified,
  ): Report | null => {
    if (!openCase || !regionSet || !regionVoxels || !verified || path === null) return null;
    if (gpu.status !== "ready") return null;
    return buildReport({
      adapter: gpu.adapter,
      caseName: openCase.name,
      source: openCase.source,
      orientation: openCase.orientation,
      mode,
      path,
      pathReason: pathReason ?? "",
      regionSet,
      scales,
      regionVoxels,
      definition,
      gridMismatch: gridMismatch(openCase),
      mismatches: verified.mismatches,
    });
  },
);
