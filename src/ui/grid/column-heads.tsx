import type { Scale } from "../../domain/deep-supervision.ts";
import { formatFactors, formatShape, formatWeight } from "../format.ts";
import { ScalesSource } from "./scales-source.tsx";

interface Props {
  readonly scales: readonly Scale[];
  readonly headPx: number;
  readonly columnPx: number;
}

/** What each column is: factors, shape in voxels, and what the loss makes of it. */
export function ColumnHeads({ scales, headPx, columnPx }: Props) {
  return (
    <div className="column-heads">
      <div className="corner" style={{ width: headPx }}>
        <ScalesSource />
      </div>
      {scales.map((scale, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
          key={i}
          className="column-head"
          data-unused={scale.lossWeight === 0 || undefined}
          style={{ width: columnPx }}
        >
          <p>
            <b>Scale {i}</b> <span className="scale-facts">{formatFactors(scale.factors)}</span>
          </p>
          <p className="scale-facts">{formatShape(scale.shape)}</p>
          <Weight weight={scale.lossWeight} />
        </div>
      ))}
    </div>
  );
}

function Weight({ weight }: { readonly weight: number }) {
  if (weight === 0) return <p className="weight">weight 0 · unused</p>;
  return (
    <p className="weight">
      weight {formatWeight(weight)}
      {Number.isNaN(weight) ? null : (
        <span className="weight-track" aria-hidden="true">
          <i style={{ width: `${weight * 100}%` }} />
        </span>
      )}
    </p>
  );
}
