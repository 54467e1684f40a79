/**
 * Makes a label map of masks, off the page's thread: holds the label of each voxel, never the masks. The page
 * ends it.
 */
import { type Grid, voxelCount } from "../domain/geometry/grid.ts";
import { type LabelMap, labelsByIndex, planLabelMap } from "../domain/masks/label-map.ts";
import { CombinationFinder, type FoundCombinations } from "../domain/masks/mask-combinations.ts";
import { writeLabels } from "../formats/nifti/nifti-writer.ts";
import type { LabelMapReply, LabelMapRequest } from "./label-map-protocol.ts";
import { failureOf } from "./reader-protocol.ts";

const NEWS_MS = 100;

const reply = (message: LabelMapReply) => self.postMessage(message);

interface Begun {
  readonly masks: readonly string[];
  readonly grid: Grid;
  readonly finder: CombinationFinder;
}

let begun: Begun | null = null;
let made: { readonly found: FoundCombinations; readonly map: LabelMap } | null = null;

async function answer(request: LabelMapRequest): Promise<LabelMapReply> {
  if (request.kind === "begin") {
    const { masks, grid } = request;
    begun = { masks, grid, finder: new CombinationFinder(masks.length, voxelCount(grid.shape)) };
    made = null;
    return { kind: "taken" };
  }
  if (!begun) throw new Error("A label map has to be begun first.");
  if (request.kind === "words") {
    begun.finder.add(request.words.map((buffer) => new Uint32Array(buffer)));
    return { kind: "taken" };
  }
  if (request.kind === "plan") {
    const found = begun.finder.finish();
    made = { found, map: planLabelMap(begun.masks, found.combinations) };
    return { kind: "planned", map: made.map };
  }
  if (!made) throw new Error("A label map has to be planned before it is written.");
  const { found, map } = made;
  const labelOf = labelsByIndex(found.combinations, map);
  const { file, transpose } = request;
  const labels = { indices: found.indices, labelOf, grid: begun.grid, transpose };
  return { kind: "written", blob: await writeLabels(labels, file, paced()) };
}

function paced(): (fraction: number) => void {
  let toldMs = performance.now();
  return (fraction) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < NEWS_MS) return;
    toldMs = nowMs;
    reply({ kind: "progress", fraction });
  };
}

self.onmessage = ({ data }: MessageEvent<LabelMapRequest>) => {
  answer(data)
    .catch((error: unknown): LabelMapReply => ({ kind: "failed", failure: failureOf(error) }))
    .then(reply)
    .catch(() => undefined);
};
