/**
 * Text of the tiles of one row: orientation letters over the picture; below it the voxels that it shows of
 * the region, and in how many patches the region is gone at that scale.
 */
import { memo } from "react";
import { formatCount, formatCountShort, plural } from "../../base/format-numbers.ts";
import type { PlaneAxes } from "../../domain/geometry/grid.ts";
import { goneText, MIN_GONE, MOSTLY_GONE, percentOf } from "../../domain/patches/share-text.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { type ColumnWidth, columnWidthOf } from "./column-width.ts";
import { isInFile } from "./in-file.ts";

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
      data-shares={row.gone !== null || undefined}
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
      <TileText row={row} scale={i} collapses={scale.collapses} columnPx={columnPx} />
    </div>
  ));
});

interface TileTextProps {
  readonly row: RegionRow;
  readonly scale: number;
  readonly collapses: boolean;
  readonly columnPx: number;
}

function TileText({ row, scale, collapses, columnPx }: TileTextProps) {
  const share = goneShare(row, scale);
  // Beside the share there is room for less, unless each has a line of its own.
  const isShared = share !== null && columnPx < BOTH_PX;
  const columnWidth = columnWidthOf(columnPx);
  return (
    <div className="tile-text">
      <GoneText share={share} columnWidth={columnPx < SHARE_PX ? "little" : columnWidth} />
      <VoxelText
        row={row}
        scale={scale}
        collapses={collapses}
        columnWidth={isShared && columnWidth === "enough" ? "little" : columnWidth}
        unit={isShared && columnPx >= UNIT_PX}
      />
    </div>
  );
}

/** Columns from this width on have room for both texts in full. */
const BOTH_PX = 190;
/** From this width on there is room for the share in full, beside a number with its unit. */
const SHARE_PX = 162;
/** And from this width on for the shorter share and the number's unit. */
const UNIT_PX = 140;

/**
 * In which share of the patches the region is gone; null if that is not known, or too rare for a text, unless
 * the tile looks as if the region were gone.
 */
function goneShare({ scaleStatus, gone }: RegionRow, scale: number): number | null {
  if (!gone || gone === "awaited") return null;
  const share = gone[scale] ?? 0;
  return share >= MIN_GONE || scaleStatus?.[scale] === "empty" ? share : null;
}

interface GoneTextProps {
  readonly share: number | null;
  readonly columnWidth: ColumnWidth;
}

function GoneText({ share, columnWidth }: GoneTextProps) {
  if (share === null) return null;
  const short = share === 0 ? "never gone" : `gone in ${percentOf(share)}`;
  return (
    <span className="tile-gone" data-often={share >= MOSTLY_GONE || undefined}>
      <Short short={columnWidth === "enough" ? short : short.replace("in ", "")} all={goneText(share)} />
    </span>
  );
}

interface VoxelTextProps {
  readonly row: RegionRow;
  readonly scale: number;
  readonly collapses: boolean;
  readonly columnWidth: ColumnWidth;
  /** A short number has a short unit. */
  readonly unit: boolean;
}

/** The voxels in the tile's own picture, of the whole case or of one patch, or why there are none. */
function VoxelText({
  row: { channel, scaleStatus, voxels, fullVoxels },
  scale,
  collapses,
  columnWidth,
  unit,
}: VoxelTextProps) {
  if (collapses)
    return <State columnWidth={columnWidth} short="collapses" all="no voxels: this scale collapses" />;
  const here = scaleStatus?.[scale];
  const count = voxels?.[scale];
  if (here === undefined || count === undefined) return null;
  if (here === "absent") {
    return fullVoxels ? (
      <State columnWidth={columnWidth} short="not here" all="not in the patch" />
    ) : (
      <Absent channel={channel} columnWidth={columnWidth} />
    );
  }
  if (here === "empty") return <State columnWidth={columnWidth} short="no voxel" all="no voxel here" />;
  if (columnWidth === "enough") return <span className="tile-count">{plural(count, "voxel")}</span>;
  return (
    <span className="tile-count">
      <Short
        short={
          unit
            ? `${formatCountShort(count)} vox`
            : columnWidth === "little"
              ? formatCount(count)
              : formatCountShort(count)
        }
        all={plural(count, "voxel")}
      />
    </span>
  );
}

/** Says of what is shown that it has no voxel of the region: the file may have some that resampling loses. */
function Absent({ channel, columnWidth }: { readonly channel: number; readonly columnWidth: ColumnWidth }) {
  const isLost = useStore((s) => s.openCase?.trained != null && isInFile(s, channel));
  const all = isLost ? "not on this grid" : "not in this case";
  return <State columnWidth={columnWidth} short="absent" all={all} />;
}

/** Says why a tile shows no voxels. */
function State(props: { readonly columnWidth: ColumnWidth; readonly short: string; readonly all: string }) {
  const { columnWidth, short, all } = props;
  return (
    <span className="tile-state">{columnWidth === "enough" ? all : <Short short={short} all={all} />}</span>
  );
}

/** In narrow columns, only screen readers get the full text. */
function Short({ short, all }: { readonly short: string; readonly all: string }) {
  return (
    <>
      <span aria-hidden>{short}</span>
      <span className="visually-hidden">{all}</span>
    </>
  );
}
