/** Opens a second label file, such as another annotator's or a prediction, to compare with the open case. */
import { errorMessage, InputError } from "../../base/errors.ts";
import { haveCommonName } from "../../domain/dataset/matched-regions.ts";
import { type Grid, sameGrid, spacingMm } from "../../domain/geometry/grid.ts";
import { spacesMeet } from "../../domain/geometry/grid-overlap.ts";
import { ANY_ENDING } from "../../domain/reader/volume-endings.ts";
import type { AwaitedFile } from "../../domain/view/view-values.ts";
import { signsText } from "../../domain/volume/looks-like-image.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import { isClutter } from "../../formats/bytes/input-file.ts";
import type { Opened } from "../../formats/intake/open.ts";
import { loadProgressed, loadStarted, showRefusalOfB } from "../../state/actions/case-actions.ts";
import { secondLabelsOpened } from "../../state/actions/compare-actions.ts";
import { overlayDiff } from "../../state/actions/edit-actions.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import type { SecondLabels, SecondReread } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { openInWorker } from "../../workers/reader.ts";
import { readAnew, type Wanted } from "../case/reread-volumes.ts";

let reading: AbortController | null = null;

/** Reads label files for the open case; reports any problem on the page in one sentence. */
export async function openSecondLabels(given: readonly File[]): Promise<void> {
  const openCase = selectStoredCase(useStore.getState());
  const own = given.filter(({ name }) => !isClutter(name));
  const files = own.length > 0 ? own : given;
  if (!openCase || files.length === 0) return;
  reading?.abort();
  reading = new AbortController();
  const { signal } = reading;
  loadStarted("Opening label file B");
  try {
    const inputs = files.map((file) => ({ path: file.name, blob: file }));
    const labels = inputs.map(({ path }) => path).filter((path) => !path.toLowerCase().endsWith(".json"));
    const opened = await openInWorker(inputs, { labels }, loadProgressed, signal);
    if (!opened.source)
      throw new Error(`${files[0]?.name}: it contains no labels. Choose a label file (${ANY_ENDING}).`);
    if (opened.imageSigns)
      throw new Error(
        `${files[0]?.name}: it looks like an image, not labels (it has ${signsText(opened.imageSigns)}). Choose a label file.`,
      );
    await compareWith({ ...opened, source: opened.source }, files[0]?.name ?? opened.name, openCase, signal);
  } catch (error) {
    if (!signal.aborted) showRefusalOfB(errorMessage(error));
  }
}

/**
 * Uses dropped files as B while Compare waits for such a file.
 * @param file name of the file
 * @returns false if the files are of another kind
 */
export async function tookAsB(
  kind: AwaitedFile["kind"],
  opened: Opened,
  file: string,
  signal: AbortSignal,
): Promise<boolean> {
  const openCase = selectStoredCase(useStore.getState());
  const { source, definition, plans, image, view } = opened;
  if (!openCase || plans || image || view) return false;
  if (kind === "definition") {
    if (!definition || source) return false;
    overlayDiff({ definition, title: file });
    return true;
  }
  if (!source || definition) return false;
  await compareWith({ ...opened, source }, file, openCase, signal);
  return true;
}

async function compareWith(
  opened: Omit<Opened, "source"> & { readonly source: Source },
  name: string,
  openCase: OpenCase,
  signal: AbortSignal,
): Promise<void> {
  const { transpose, geometry } = openCase;
  const by = { reader: geometry?.reader ?? null, chosen: geometry?.chosen ?? null, transpose };
  const read = await readAnew({ ...opened, image: null }, by, signal);
  const { source } = read;
  if (signal.aborted) return;
  const anew = selectStoredCase(useStore.getState());
  if (anew?.source !== openCase.source) {
    // The same files were read by another reader in the meantime.
    if (anew?.geometry && anew.geometry.labels === geometry?.labels)
      await compareWith(opened, name, anew, signal);
    return;
  }
  const objection = objectionTo(source, openCase);
  if (objection) showRefusalOfB(`${name}: ${objection}`);
  else {
    const { labelNames, definition } = opened;
    secondLabelsOpened({
      name,
      source,
      geometry: read.geometry ?? null,
      transpose,
      labelNames,
      definition,
    });
  }
}

/** Reads second labels again with the reader or plans that now read the open case. */
export async function rereadSecond(
  labels: SecondLabels,
  now: Pick<OpenCase, "source">,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<SecondReread> {
  try {
    const before = { ...labels, image: null, orientation: "", notices: [] };
    const { source, geometry = null } = await readAnew(before, wanted, signal);
    const objection = objectionTo(source, now);
    if (!objection) {
      return { labels: { ...labels, source, geometry, transpose: wanted.transpose }, objection };
    }
    return { labels, objection: apart(objection, labels, wanted) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { labels, objection: apart(`${error.problem}. ${error.remedy}.`, labels, wanted) };
  }
}

/** Explains that the labels fitted under the previous reader. */
function apart(objection: string, { geometry }: SecondLabels, { reader }: Wanted): string {
  if (!geometry || !reader || geometry.reader === reader) return objection;
  return `read by ${reader}, ${objection} It is compared again once ${geometry.reader} reads the case.`;
}

/** Returns why these labels cannot be compared with the case; null if they can. */
export function objectionTo(source: OpenCase["source"], openCase: Pick<OpenCase, "source">): string | null {
  const [grid, own] = [sourceGrid(source), sourceGrid(openCase.source)];
  if (!sameGrid(grid, own)) {
    return `${difference(grid, own)}, so its voxels do not match those of the open case. ${toOneGrid(grid, own)}`;
  }
  if (source.kind === "labels" && openCase.source.kind === "labels") return null;
  if (source.kind !== openCase.source.kind) {
    return `it has ${what(source)}, and the open case has ${what(openCase.source)}. Choose a file of the same kind.`;
  }
  const names = (of: Source) => (of.kind === "masks" ? of.stack.names : []);
  const [count, ownCount] = [names(source).length, names(openCase.source).length];
  if (count === ownCount || haveCommonName(names(source), names(openCase.source))) return null;
  return `it has ${count} ${count === 1 ? "mask" : "masks"}, and the open case has ${ownCount}, with other names. Choose a file with the same names, or with as many masks in the same order.`;
}

function what(source: OpenCase["source"]): string {
  return source.kind === "labels" ? "one label per voxel" : "a mask for each region";
}

/** Labels of the same shape may only have lost their header, and resampling depends on the header. */
function toOneGrid(grid: Grid, own: Grid): string {
  const areAsMany = grid.shape.every((length, axis) => length === own.shape[axis]);
  const meet = spacesMeet(grid, own);
  if (areAsMany) {
    return (
      "If its slices match those of the case, copy the header of the case's labels to it and open it again; " +
      (meet ? "otherwise resample it to the case's grid." : "resampling would lose every label.")
    );
  }
  return meet
    ? "Resample it to the case's grid and open it again."
    : "The two do not overlap in space. Choose labels of the same scan.";
}

function difference(grid: Grid, own: Grid): string {
  const shape = (of: Grid) => of.shape.join(" × ");
  if (shape(grid) !== shape(own)) return `it has ${shape(grid)} voxels instead of ${shape(own)}`;
  const spacing = (of: Grid) =>
    spacingMm(of)
      .map((mm) => Number(mm.toFixed(3)))
      .join(" × ");
  if (spacing(grid) !== spacing(own))
    return `its voxels are ${spacing(grid)} mm instead of ${spacing(own)} mm`;
  return "it has the same size and spacing but a different position or orientation";
}
