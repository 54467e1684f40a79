/** Column headings of the survival table. */
import { formatFactors, formatShape, formatWeight } from "../../base/format-numbers.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";

export function SurvivalHeads({ scales }: { readonly scales: readonly Scale[] }) {
  return (
    <thead>
      <tr>
        <th scope="col" className="survival-name">
          Region <small>component</small>
        </th>
        <th scope="col" className="survival-number">
          Voxels
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
            title={`Voxels remaining at scale ${s} (grid ${formatShape(scale.shape)}). Bars use a log scale.`}
          >
            <b>Scale {s}</b>
            <small>{formatFactors(scale.factors)}</small>
            <small className="survival-weight">
              {scale.lossWeight === 0 ? "weight 0" : `weight ${formatWeight(scale.lossWeight)}`}
            </small>
          </th>
        ))}
        <th scope="col" className="survival-outcome">
          Result
        </th>
      </tr>
    </thead>
  );
}
