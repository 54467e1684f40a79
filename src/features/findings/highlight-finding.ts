/** Shows what a clicked finding is about. */
import type { Commands } from "../../app/commands/commands.ts";
import { exampleMaskVoxel, exampleVoxel } from "../../domain/analysis/nearest-voxel.ts";
import type { Region } from "../../domain/dataset/region-set.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { CROPPED, GAPS, VANISHES } from "../../domain/findings/resampling.ts";
import { goTo } from "../../state/actions/go-to.ts";
import { highlight } from "../../state/actions/view-actions.ts";
import { selectDrawnRegions, selectRegionSet } from "../../state/case/case-selectors.ts";
import { isMinusOneOutside } from "../../state/case/minus-one.ts";
import { useStore } from "../../state/store.ts";
import { useEditor } from "../definition/editor-state.ts";
import { goToCropped } from "../resampling-changes/go-to-cropped.ts";

/**
 * Selects the regions and labels of a finding and moves the crosshair to one of their voxels, or to the place
 * that it is about.
 */
export function highlightFinding(finding: Finding, { stepPlace }: Pick<Commands, "stepPlace">): void {
  const state = useStore.getState();
  const regions = selectDrawnRegions(state);
  const named = regions.filter(({ name }) => finding.regions.includes(name));
  // A finding that names only labels concerns the regions that contain them, and labels in no region.
  const holding = regions.filter(({ labels }) => labels.some((label) => finding.labels.includes(label)));
  const highlighted = named.length > 0 ? named : holding;
  highlight(finding.regions.length > 0 ? finding.regions : holding.map(({ name }) => name));
  useEditor.setState({ highlightedLabels: finding.labels });

  const [first] = finding.regions;
  if (finding.code === VANISHES)
    stepPlace(1, { kind: "gone", region: finding.regions.length === 1 ? (first ?? null) : null });
  else if (finding.code === GAPS) stepPlace(1, { kind: "gap", region: first ?? null });
  else if (finding.code === CROPPED && first) goToCropped(first);
  else goToExample(finding, named, highlighted);
}

/** @param named regions of the finding, @param highlighted those, or the ones with its labels */
function goToExample({ labels }: Finding, named: readonly Region[], highlighted: readonly Region[]): void {
  const state = useStore.getState();
  const source = state.openCase?.source;
  if (!source) return;
  if (source.kind === "masks") {
    const regions = selectRegionSet(state)?.regions ?? [];
    const examples = named.map((region) => exampleMaskVoxel(source.stack, regions.indexOf(region)));
    const voxel = examples.find((example) => example !== null);
    if (voxel) goTo(voxel);
    return;
  }
  const { volume } = source;
  const isOutside = isMinusOneOutside(state.openCase);
  for (const label of [...labels, ...highlighted.flatMap((region) => region.labels)]) {
    const voxel = label === 0 || (label === -1 && isOutside) ? null : exampleVoxel(volume, label);
    if (voxel) {
      goTo(voxel);
      return;
    }
  }
}
