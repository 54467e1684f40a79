/** Sentences that tell screen readers what changed on the page. */
import { formatCount, formatShape, formatValue, plural } from "../../base/format-numbers.ts";
import { hasChannel, labelAt, wordsAt } from "../../domain/analysis/probe.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { SIDE_DIRECTION, SIDES, type Side, screenAxes } from "../../domain/geometry/orientation.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectRegionTable, selectScales } from "../../state/case/case-selectors.ts";
import { selectFindings } from "../../state/case/finding-selectors.ts";
import { selectPatch } from "../../state/case/shown-patch.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";
import { selectAllRows, selectAlone, selectRegionRows, selectRows } from "../../state/regions/region-rows.ts";
import { selectSelected } from "../../state/regions/selected-regions.ts";
import { sliceOf } from "../../state/view/initial-view.ts";
import { PLANE_NAMES, POOLING_NAMES } from "../../state/view/view-names.ts";
import { VIEWS } from "../../state/view/views.ts";
import { dotsText } from "../../ui/controls/scale-status-dots.tsx";
import { SEVERITY_NAMES } from "../findings/finding-item.tsx";
import { tally } from "../findings/findings-panel.tsx";
import { findingKey } from "../findings/use-repairs.ts";
import { selectGrids } from "../training-grid/grids.ts";
import { shownGridText } from "../training-grid/text.ts";

/** Longer lists are cut and the rest counted, because nobody listens to a whole list. */
const MAX_NAMES = 8;
const MAX_FINDINGS = 3;
/** Sine of 15 degrees: sides seen at a flatter angle are not named. */
const MIN_FACING = 0.26;

const SIDE_NAMES: Readonly<Record<Side, string>> = {
  A: "anterior",
  P: "posterior",
  L: "left",
  R: "right",
  S: "superior",
  I: "inferior",
};

/** Returns, for example, "Opened Dataset901 / abdomen_001: 25 regions at 5 scales. Findings: 1 note." */
export function openedText(s: AppState): string {
  const name = s.openCase?.name ?? s.definition?.file ?? "";
  const scales = s.openCase ? ` at ${plural(selectScales(s).length, "scale")}` : "";
  return `Opened ${name}: ${plural(selectRegionRows(s).length, "region")}${scales}. Findings: ${tally(selectFindings(s))}.${s.openCase && s.gpu.status === "unavailable" ? ` There is no GPU. ${ON_CPU}` : ""}`;
}

/**
 * Announces that the GPU is gone or back; null if neither. A GPU missing from the start is announced with the
 * case.
 */
export function gpuText({ gpu: before }: AppState, { gpu, openCase }: AppState): string | null {
  if (before.status === gpu.status) return null;
  if (gpu.status === "unavailable") {
    return `Images cannot be shown: ${gpu.sentence}${openCase ? ` ${ON_CPU}` : ""}`;
  }
  return gpu.status === "ready" && before.status !== "starting" ? "The GPU is back." : null;
}

const ON_CPU = "Voxels are counted on the CPU.";

/** Announces an edit, undo or redo; null if there was none. */
export function editText(before: AppState, s: AppState): string | null {
  const [did, undone] = [s.undoable.at(-1), s.redoable.at(-1)];
  if (undone && s.redoable.length > before.redoable.length) return `Undone: ${undone.did}.`;
  // The ruler's own status says what was removed.
  if (!did || did.removed || s.undoable.length <= before.undoable.length) return null;
  return `${before.redoable.at(-1)?.did === did.did ? "Redone" : "Done"}: ${did.did}.`;
}

/** Announces new findings in full and the number of resolved ones. */
export function findingsText(before: readonly Finding[], after: readonly Finding[]): string | null {
  const without = (all: readonly Finding[], known: readonly Finding[]) => {
    const keys = new Set(known.map(findingKey));
    return all.filter((finding) => !keys.has(findingKey(finding)));
  };
  const [came, went] = [without(after, before), without(before, after)];
  if (came.length === 0 && went.length === 0) return null;
  const sentences = came
    .slice(0, MAX_FINDINGS)
    .map(({ severity, message }) => `New finding, ${SEVERITY_NAMES[severity].toLowerCase()}: ${message}`);
  if (came.length > MAX_FINDINGS) sentences.push(`And ${came.length - MAX_FINDINGS} more.`);
  if (went.length > 0) sentences.push(`${plural(went.length, "finding")} resolved.`);
  return [...sentences, `Findings now: ${tally(after)}.`].join(" ");
}

/** Describes the selected region with the facts in its row of the list. */
export function selectedText(s: AppState): string {
  const selected = selectSelected(s);
  const rows = selectAllRows(s);
  const at = rows.findIndex(({ name }) => name === selected[0]);
  const row = rows[at];
  if (selected.length > 1) return `${formatCount(selected.length)} regions selected: ${names(selected)}.`;
  if (!row) return "No region selected.";
  const facts = [
    row.labels ? `${/[,–]/.test(row.labels) ? "labels" : "label"} ${row.labels}` : null,
    row.shownVoxels === null ? null : plural(row.shownVoxels, "voxel"),
    row.gone || row.scaleStatus ? dotsText(row, selectScales(s), selectPatch(s) !== null) : null,
    selectRows(s).includes(row) ? null : "hidden",
  ].filter((fact) => fact !== null);
  return `${row.name} selected, ${[...facts, `region ${at + 1} of ${rows.length}`].join(", ")}.`;
}

/** Says which regions are visible after some were hidden or shown. */
export function shownText(s: AppState): string {
  const alone = selectAlone(s);
  if (alone.length > 0) return `Showing only: ${names(alone.map(({ name }) => name))}.`;
  const [shown, all] = [selectRows(s).length, selectAllRows(s).length];
  return shown === all ? "All regions shown." : `${shown} of ${all} regions shown.`;
}

/** Says what is drawn and counted: the whole case or a patch, and the pooling rule. */
export function targetsText(s: AppState): string {
  const patch = selectPatch(s);
  const parts = [
    patch
      ? `Showing one training patch of ${formatShape(patch.size)} voxels at ${patch.origin.join(", ")}.`
      : "Showing the whole case.",
    s.pooling ? `Pooling: ${POOLING_NAMES[s.pooling]} (not used by nnU-Net).` : null,
  ];
  return parts.filter((part) => part !== null).join(" ");
}

/** "Training grid: 150×266×266 at 2×1.5×1.5 mm."; null if the grid that is shown is the same. */
export function gridText(before: AppState, s: AppState): string | null {
  const grids = selectGrids(s);
  const isSame = (before.openCase?.trained ?? null) === (s.openCase?.trained ?? null);
  return !grids || isSame ? null : `${shownGridText(grids)}.`;
}

export function viewText(s: AppState): string {
  const name = VIEWS.find(({ value }) => value === s.activeView)?.name ?? s.activeView;
  const part = s.activeView === "survival" && s.survivalPart === "resampling" ? ", resampling" : "";
  return `View: ${name}${part}.`;
}

export function planeText({ view }: AppState): string {
  return `Plane: ${PLANE_NAMES[view.plane].toLowerCase()}.`;
}

export function interpolatedText({ view }: AppState): string {
  return view.interpolated ? "The image is interpolated between voxels." : "The image is drawn in voxels.";
}

/**
 * Says from where the 3D view is seen after turning or zooming: "3D seen from anterior and left, 320 mm
 * across."
 */
export function clipText(before: AppState, s: AppState): string | null {
  const [was, camera] = [before.camera, s.camera];
  if (!camera || (was?.rotation === camera.rotation && was.spanMm === camera.spanMm)) return null;
  const { toward } = screenAxes(camera.rotation);
  const facing = SIDES.map((side) => ({
    side,
    part: SIDE_DIRECTION[side].reduce((sum, part, axis) => sum + part * (toward[axis] ?? 0), 0),
  }));
  const seen = facing.filter(({ part }) => part > MIN_FACING).sort((a, b) => b.part - a.part);
  const sides = seen.map(({ side }) => SIDE_NAMES[side]).join(" and ");
  return `3D seen from ${sides}, ${formatCount(Math.round(camera.spanMm))} mm across.`;
}

/**
 * Gives the position of the crosshair and its label and regions.
 * @param isAnnounced true if the control that moved it has already announced the slice
 */
export function placeText(before: AppState, s: AppState, isAnnounced: boolean): string | null {
  if (!s.openCase) return null;
  const { source } = s.openCase;
  const { plane, voxel } = s.view;
  const grid = sourceGrid(source);
  const [was, { slice, last }] = [sliceOf(grid, plane, before.view.voxel), sliceOf(grid, plane, voxel)];
  const at = was.slice === slice ? `voxel ${voxel.join(", ")}` : `slice ${slice} of ${last}`;
  const label = labelAt(source, voxel);
  const labelName = label === null ? undefined : selectLabelNames(s).get(label);
  const words = wordsAt(source, selectRegionTable(s), voxel);
  const here = selectRegionRows(s).filter(({ channel }) => hasChannel(words, channel));
  return [
    ...(isAnnounced ? [] : [at]),
    ...(label === null ? [] : [`label ${formatValue(label)}${labelName ? ` ${labelName}` : ""}`]),
    here.length === 0 ? "not in any region" : `in ${names(here.map(({ name }) => name))}`,
  ].join(", ");
}

/** Returns, for example, "liver, spleen and 3 more". */
function names(all: readonly string[]): string {
  const sentences = all.slice(0, MAX_NAMES).join(", ");
  return all.length > MAX_NAMES ? `${sentences} and ${all.length - MAX_NAMES} more` : sentences;
}
