/** Column headings of the grid: each scale's factors, shape in voxels and loss weight. */
import { formatFactors, formatFactorsShort, formatShape, formatWeight } from "../../base/format-numbers.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import { ScalesSource } from "../view-controls/scales-source.tsx";
import { TrainerSelect } from "../view-controls/trainer-select.tsx";
import { type ColumnWidth, columnWidthOf } from "./column-width.ts";

interface Props {
  readonly scales: readonly Scale[];
  readonly headPx: number;
  readonly columnPx: number;
}

/** Three factors beside the scale's name need more than a count. */
const ENOUGH_FOR_HEAD_PX = 126;

export function ColumnHeads({ scales, headPx, columnPx }: Props) {
  const fits = columnWidthOf(columnPx);
  const columnWidth = fits === "enough" && columnPx < ENOUGH_FOR_HEAD_PX ? "little" : fits;
  return (
    <div className="column-heads">
      <div className="corner" style={{ width: headPx }}>
        <ScalesSource />
        <TrainerSelect className="trainer-select" />
      </div>
      {scales.map((scale, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
          key={i}
          className="column-head"
          data-unused={scale.lossWeight === 0 || undefined}
          style={{ width: columnPx }}
          title={columnWidth === "enough" ? undefined : allOf(scale, i)}
        >
          <p>
            <b>
              {columnWidth === "least" ? <span className="visually-hidden">Scale </span> : "Scale "}
              {i}
            </b>{" "}
            <span className="scale-facts">
              {columnWidth === "enough" ? formatFactors(scale.factors) : formatFactorsShort(scale.factors)}
            </span>
          </p>
          <p className="scale-facts">{formatShape(scale.shape)}</p>
          <Weight weight={scale.lossWeight} columnWidth={columnWidth} />
        </div>
      ))}
    </div>
  );
}

/** Tooltip text for a heading too narrow to show all of it. */
function allOf(scale: Scale, i: number): string {
  return `Scale ${i}: ${formatFactors(scale.factors)}, ${formatShape(scale.shape)} voxels, loss weight ${formatWeight(scale.lossWeight)}`;
}

function Weight({ weight, columnWidth }: { readonly weight: number; readonly columnWidth: ColumnWidth }) {
  if (weight === 0)
    return (
      <p className="weight" title="The loss leaves this scale out">
        {columnWidth === "enough" ? "weight 0 (unused)" : "unused"}
      </p>
    );
  return (
    <p className="weight">
      {columnWidth === "least" ? <span className="visually-hidden">weight </span> : "weight "}
      {formatWeight(weight)}
      {Number.isNaN(weight) || columnWidth === "least" ? null : (
        <span className="weight-track" aria-hidden="true">
          <i style={{ width: `${weight * 100}%` }} />
        </span>
      )}
    </p>
  );
}
