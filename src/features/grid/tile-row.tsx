/** Text over the tiles of one row: orientation letters, and the voxel count or why there are no voxels. */
import { memo } from "react";
import { formatCount, formatCountShort, plural } from "../../base/format-numbers.ts";
import type { ScaleStatus } from "../../domain/analysis/scale-status.ts";
import type { PlaneAxes } from "../../domain/geometry/grid.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { goneText } from "../survival/vanishing-text.ts";
import { type ColumnWidth, columnWidthOf } from "./column-width.ts";

interface Props {
  readonly row: RegionRow;
  readonly scales: readonly Scale[];
  readonly columnPx: number;
  readonly gapPx: number;
  readonly letters: PlaneAxes["letters"] | null;
}

export const TileRow = memo(function TileRow({ row, scales, columnPx, gapPx, letters }: Props) {
  const columnWidth = columnWidthOf(columnPx);
  return scales.map((scale, i) => (
    <div
      // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
      key={i}
      className="tile on-picture"
      data-scale-status={scale.collapses ? "collapsed" : row.scaleStatus?.[i]}
      data-column-width={columnWidth}
      style={{ width: columnPx - gapPx, marginRight: gapPx }}
    >
      {letters ? (
        <>
          <span className="letter letter-top">{letters.top}</span>
          <span className="letter letter-left">{letters.left}</span>
          <span className="letter letter-right">{letters.right}</span>
          <span className="letter letter-bottom">{letters.bottom}</span>
        </>
      ) : null}
      <TileText
        scaleStatus={row.scaleStatus}
        inCase={(row.fullVoxels ?? 0) > 0}
        scale={i}
        voxels={row.voxels?.[i] ?? null}
        collapses={scale.collapses}
        columnWidth={columnWidth}
      />
    </div>
  ));
});

interface TileTextProps {
  /** True if the case contains the region, even if this patch does not. */
  readonly inCase: boolean;
  /** One per scale. */
  readonly scaleStatus: readonly ScaleStatus[] | null;
  readonly scale: number;
  readonly voxels: number | null;
  readonly collapses: boolean;
  readonly columnWidth: ColumnWidth;
}

function TileText({ scaleStatus, inCase, scale, voxels, collapses, columnWidth }: TileTextProps) {
  if (collapses)
    return <State columnWidth={columnWidth} short="none" all="no voxels: this scale collapses" />;
  if (scaleStatus === null || voxels === null) return null;
  const here = scaleStatus[scale];
  if (here === "absent") {
    return inCase ? (
      <State columnWidth={columnWidth} short="not here" all="not in the patch" />
    ) : (
      <State columnWidth={columnWidth} short="absent" all="not in this case" />
    );
  }
  if (here === "vanished")
    return <State columnWidth={columnWidth} short="vanished" all={goneText(scaleStatus, scale)} />;
  if (columnWidth === "enough") return <span className="tile-count">{plural(voxels, "voxel")}</span>;
  return (
    <span className="tile-count">
      <span aria-hidden>{columnWidth === "little" ? formatCount(voxels) : formatCountShort(voxels)}</span>
      <span className="visually-hidden">{plural(voxels, "voxel")}</span>
    </span>
  );
}

/** Says why a tile shows no voxels. In the narrowest columns, only screen readers get the full text. */
function State(props: { readonly columnWidth: ColumnWidth; readonly short: string; readonly all: string }) {
  const { columnWidth, short, all } = props;
  if (columnWidth !== "least") return <span className="tile-state">{all}</span>;
  return (
    <span className="tile-state">
      <span aria-hidden>{short}</span>
      <span className="visually-hidden">{all}</span>
    </span>
  );
}
