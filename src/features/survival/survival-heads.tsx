/** Column headings of the survival table. */
import { formatFactors, formatShape, formatWeight } from "../../base/format-numbers.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import { selectPatch } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";

interface Props {
  readonly scales: readonly Scale[];
  /** Regions have shares of patches. */
  readonly hasShares: boolean;
  /** So have components. */
  readonly hasParts: boolean;
}

export function SurvivalHeads({ scales, hasShares, hasParts }: Props) {
  const shown = useStore((s) => (selectPatch(s) ? "this patch" : "whole case"));
  return (
    <thead>
      <tr>
        <th scope="col" className="survival-name">
          Region <small>component</small>
        </th>
        <th scope="col" className="survival-number">
          Voxels <small>whole case</small>
        </th>
        <th scope="col" className="survival-parts">
          Components <small>box in mm</small>
        </th>
        {scales.map((scale, s) => (
          <th
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
            key={s}
            scope="col"
            className="survival-scale"
            data-unused={scale.lossWeight === 0 || undefined}
            title={`Voxels at scale ${s} of what is shown: ${shown} (grid ${formatShape(scale.shape)}). Bars use a log scale.`}
          >
            <b>Scale {s}</b>
            <small>{formatFactors(scale.factors)}</small>
            <small className="survival-weight">
              {scale.lossWeight === 0 ? "weight 0" : `weight ${formatWeight(scale.lossWeight)}`}
            </small>
          </th>
        ))}
        <th scope="col" className="survival-outcome">
          {hasShares ? "Worst scale with weight" : "First scale with weight without a voxel"}{" "}
          <small>
            {hasShares ? "in patches" : shown}
            {hasShares && !hasParts ? <span className="survival-wide">; components: {shown}</span> : null}
          </small>
        </th>
      </tr>
    </thead>
  );
}
