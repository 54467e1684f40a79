/** Makes and saves the printable report of a case. */
import { fileStem, saveFile } from "../../app/save-file.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { selectMappingSummary } from "../label-mapping/label-mapping-selectors.ts";
import { reportPage } from "./html-report.ts";
import type { CaseReport } from "./report.ts";
import { picturedChannels, regionThumbnails } from "./report-thumbnails.ts";

/**
 * @throws Error with one sentence if pictures cannot be drawn; DOMException AbortError when the signal fires
 */
export async function saveReportPage(made: CaseReport, signal: AbortSignal): Promise<void> {
  const { report, state, openCase } = made;
  const pictures = await regionThumbnails(made, picturedChannels(report), signal);
  const page = reportPage({
    report,
    dataset: openCase.datasetName ?? state.definition?.name ?? null,
    colors: selectRegionRows(state).map(({ hex }) => hex),
    mapping: selectMappingSummary(state),
    labelNames: selectLabelNames(state),
    pictures,
    madeAt: new Date(),
  });
  saveFile(`regionscope-${fileStem(report.case.name)}.html`, page, "text/html");
}
