import { memo } from "react";
import type { Scale } from "../../domain/deep-supervision.ts";
import type { PlaneAxes } from "../../domain/grid.ts";
import type { Presence } from "../../state/presence.ts";
import type { RegionRow } from "../../state/row-selectors.ts";
import { formatCount } from "../format.ts";
import { goneText } from "./vanish-words.ts";

interface Props {
  readonly row: RegionRow;
  readonly scales: readonly Scale[];
  readonly columnPx: number;
  readonly gapPx: number;
  readonly letters: PlaneAxes["letters"] | null;
}

/** The words over one row's tiles: orientation letters and voxels, or why there are none. */
export const TileRow = memo(function TileRow({ row, scales, columnPx, gapPx, letters }: Props) {
  return scales.map((scale, i) => (
    <div
      // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
      key={i}
      className="tile on-picture"
      data-presence={scale.collapses ? "collapsed" : row.presence?.[i]}
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
      <TileWords
        presence={row.presence}
        inCase={(row.fullVoxels ?? 0) > 0}
        scale={i}
        voxels={row.voxels?.[i] ?? null}
        collapses={scale.collapses}
      />
    </div>
  ));
});

interface WordsProps {
  /** The case has it, if not here. */
  readonly inCase: boolean;
  /** One per scale. */
  readonly presence: readonly Presence[] | null;
  readonly scale: number;
  readonly voxels: number | null;
  readonly collapses: boolean;
}

function TileWords({ presence, inCase, scale, voxels, collapses }: WordsProps) {
  if (collapses) return <span className="tile-state">no voxels: the scale collapses</span>;
  if (presence === null || voxels === null) return null;
  const here = presence[scale];
  if (here === "absent") return <span className="tile-state">{inCase ? "not in the patch" : "absent"}</span>;
  if (here === "vanished") return <span className="tile-state">{goneText(presence, scale)}</span>;
  return <span className="tile-count">{formatCount(voxels)} vox</span>;
}
