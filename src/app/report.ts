/** The report of the open case: counted by the chosen path, verified against `per-channel`, then put together. */
import { buildReport, type Report } from "../domain/report.ts";
import { choosePath } from "../paths/choose.ts";
import { gridMismatch } from "../state/grid-mismatch.ts";
import { selectRegionSet, selectRegionTable, selectScales } from "../state/selectors.ts";
import { useStore } from "../state/store.ts";
import type { PathName } from "../timing/comparison.ts";
import { compareInWorker } from "../workers/compare.ts";
import { fileStem, saveFile } from "./save-file.ts";

export interface ReportOptions {
  readonly path: PathName | "auto";
  onProgress?(progress: { readonly fraction: number; readonly step: string }): void;
}

/**
 * @param maxBindingBytes the device's largest storage binding, on which `auto` depends
 * @throws Error with one sentence when nothing is open, when the path cannot serve the case, or when the GPU fails
 */
export async function makeReport(
  options: ReportOptions,
  maxBindingBytes: number,
  signal: AbortSignal,
): Promise<Report> {
  const state = useStore.getState();
  const { openCase, definition, mode } = state;
  const regionSet = selectRegionSet(state);
  if (!openCase || !regionSet) throw new Error("There is no case to report on. Open a label volume first.");
  const { source } = openCase;
  const channels = regionSet.regions.length;
  const scales = selectScales(state);
  const chosen =
    options.path === "auto"
      ? choosePath(source, channels, maxBindingBytes)
      : { path: options.path, reason: "Asked for." };
  if (chosen.path === "label-first" && source.kind === "masks") {
    throw new Error("label-first needs one label volume; masks that came separately go through bit-packed.");
  }
  const verification = await compareInWorker(
    {
      kind: "verify",
      job: { source, table: selectRegionTable(state), channels, scales, mode, path: chosen.path },
    },
    options.onProgress ? { onProgress: options.onProgress } : {},
    signal,
  );
  return buildReport({
    adapter: verification.adapter,
    caseName: openCase.name,
    source,
    orientation: openCase.orientation,
    mode,
    path: chosen.path,
    pathReason: chosen.reason,
    regionSet,
    scales,
    regionVoxels: verification.regionVoxels,
    definition: source.kind === "masks" ? null : definition,
    gridMismatch: gridMismatch(openCase),
    mismatches: verification.mismatches,
  });
}

/** As JSON text, the same bytes whether saved by the button or printed by the tool. */
export function reportText(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

export function saveReport(report: Report): void {
  saveFile(`regionscope-${fileStem(report.case.name)}.json`, reportText(report), "application/json");
}
