/** Text over the tiles of one row: orientation letters, and the voxel count or why there are no voxels. */
import { memo } from "react";
import { formatCount, formatCountShort, plural } from "../../base/format-numbers.ts";
import type { Presence } from "../../domain/analysis/scale-status.ts";
import type { PlaneAxes } from "../../domain/geometry/grid.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { goneText } from "../survival/vanishing-text.ts";
import { type Room, roomIn } from "./column-room.ts";

interface Props {
  readonly row: RegionRow;
  readonly scales: readonly Scale[];
  readonly columnPx: number;
  readonly gapPx: number;
  readonly letters: PlaneAxes["letters"] | null;
}

export const TileRow = memo(function TileRow({ row, scales, columnPx, gapPx, letters }: Props) {
  const room = roomIn(columnPx);
  return scales.map((scale, i) => (
    <div
      // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
      key={i}
      className="tile on-picture"
      data-presence={scale.collapses ? "collapsed" : row.presence?.[i]}
      data-room={room}
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
        room={room}
      />
    </div>
  ));
});

interface WordsProps {
  /** Whether the case contains the region, even if this patch does not. */
  readonly inCase: boolean;
  /** One per scale. */
  readonly presence: readonly Presence[] | null;
  readonly scale: number;
  readonly voxels: number | null;
  readonly collapses: boolean;
  readonly room: Room;
}

function TileWords({ presence, inCase, scale, voxels, collapses, room }: WordsProps) {
  if (collapses) return <State room={room} short="none" all="no voxels: this scale collapses" />;
  if (presence === null || voxels === null) return null;
  const here = presence[scale];
  if (here === "absent") {
    return inCase ? (
      <State room={room} short="not here" all="not in the patch" />
    ) : (
      <State room={room} short="absent" all="not in this case" />
    );
  }
  if (here === "vanished") return <State room={room} short="vanished" all={goneText(presence, scale)} />;
  if (room === "enough") return <span className="tile-count">{plural(voxels, "voxel")}</span>;
  return (
    <span className="tile-count">
      <span aria-hidden>{room === "little" ? formatCount(voxels) : formatCountShort(voxels)}</span>
      <span className="visually-hidden">{plural(voxels, "voxel")}</span>
    </span>
  );
}

/** Says why a tile shows no voxels. In the narrowest columns, only screen readers get the full text. */
function State(props: { readonly room: Room; readonly short: string; readonly all: string }) {
  const { room, short, all } = props;
  if (room !== "least") return <span className="tile-state">{all}</span>;
  return (
    <span className="tile-state">
      <span aria-hidden>{short}</span>
      <span className="visually-hidden">{all}</span>
    </span>
  );
}
