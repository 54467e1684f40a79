/**
 * Makes a label map from masks, off the page's thread. Holds the label of each voxel, never the masks. The
 * page ends it.
 */
import { paced } from "../base/paced.ts";
import { type Grid, voxelCount } from "../domain/geometry/grid.ts";
import { type LabelMap, labelsByIndex, planLabelMap } from "../domain/masks/label-map.ts";
import { CombinationFinder, type FoundCombinations } from "../domain/masks/mask-combinations.ts";
import { writeLabels } from "../formats/nifti/nifti-writer.ts";
import type { LabelMapNews, LabelMapRequest, LabelMapResults } from "./label-map-protocol.ts";
import { serve } from "./serve.ts";

const NEWS_MS = 100;

interface Begun {
  readonly masks: readonly string[];
  readonly grid: Grid;
  readonly finder: CombinationFinder;
}

let begun: Begun | null = null;
let made: { readonly found: FoundCombinations; readonly map: LabelMap } | null = null;

async function answer(
  request: LabelMapRequest,
  report: (fraction: LabelMapNews) => void,
): Promise<LabelMapResults[keyof LabelMapResults]> {
  if (request.kind === "begin") {
    const { masks, grid } = request;
    begun = { masks, grid, finder: new CombinationFinder(masks.length, voxelCount(grid.shape)) };
    made = null;
    return null;
  }
  if (!begun) throw new Error("A label map has to be begun first.");
  if (request.kind === "words") {
    begun.finder.add(request.words.map((buffer) => new Uint32Array(buffer)));
    return null;
  }
  if (request.kind === "plan") {
    const found = begun.finder.finish();
    made = { found, map: planLabelMap(begun.masks, found.combinations) };
    return made.map;
  }
  if (!made) throw new Error("A label map has to be planned before it is written.");
  const { found, map } = made;
  const labelOf = labelsByIndex(found.combinations, map);
  const { file, transpose } = request;
  const labels = { indices: found.indices, labelOf, grid: begun.grid, transpose };
  const isTime = paced(NEWS_MS);
  return writeLabels(labels, file, (fraction) => isTime() && report(fraction));
}

serve(answer);
