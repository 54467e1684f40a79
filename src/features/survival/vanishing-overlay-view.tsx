/** Overlay of a grid row: boxes around components that have no voxel at a scale of what is shown. */
import { memo, useMemo } from "react";
import type { GridLayout } from "../../app/commands/commands.ts";
import { isSurvivalFresh } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { selectSurvivalRows } from "./survival-rows.ts";
import {
  selectSlicePlace,
  type TileOverlay,
  type VanishingBox,
  vanishingOverlay,
} from "./vanishing-overlay.ts";
import { VanishShape } from "./vanishing-shape.tsx";
import { CAPTION_METRICS, markText, moreText } from "./vanishing-text.ts";

interface Props {
  readonly channel: number;
  readonly layout: GridLayout;
  readonly headPx: number;
}

/** Pointer events pass through to the canvas. */
export const VanishingOverlay = memo(function VanishingOverlay({ channel, layout, headPx }: Props) {
  const place = useStore(selectSlicePlace);
  const row = useStore((s) => selectSurvivalRows(s).find(({ region }) => region.channel === channel));
  const fresh = useStore(isSurvivalFresh);
  const tiles = useMemo(
    () => (place && row ? vanishingOverlay(place, layout, row, CAPTION_METRICS) : []),
    [place, layout, row],
  );
  return (
    <div
      className="vanish-row on-picture"
      style={{ left: headPx, bottom: layout.captionPx }}
      data-stale={!fresh || undefined}
    >
      {tiles.map((tile, scale) => (
        <Tile
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
          key={scale}
          tile={tile}
          leftPx={scale * layout.columnWidthPx}
          widthPx={layout.columnWidthPx - layout.gapPx}
        />
      ))}
    </div>
  );
});

interface TileProps {
  readonly tile: TileOverlay;
  readonly leftPx: number;
  readonly widthPx: number;
}

function Tile({ tile: { boxes, more, moreAtLeast }, leftPx, widthPx }: TileProps) {
  if (boxes.length === 0) return null;
  return (
    <div className="vanish-tile" style={{ left: leftPx, width: widthPx }}>
      <svg aria-hidden="true" width="100%" height="100%">
        {boxes.map(({ component, outcome, rect, here }) => (
          <g
            key={component}
            className="vanishing-box"
            data-component={component}
            data-here={here}
            data-weightless={outcome.kind === "weightless" || undefined}
          >
            <VanishShape rect={rect} crossed={here === "emptied"} />
          </g>
        ))}
      </svg>
      {boxes.map((item) => (
        <BoxCaption key={item.component} item={item} widthPx={widthPx} />
      ))}
      {more > 0 ? <span className="vanish-more">{moreText(more, moreAtLeast)}</span> : null}
    </div>
  );
}

function BoxCaption({
  item: { outcome, caption },
  widthPx,
}: {
  readonly item: VanishingBox;
  readonly widthPx: number;
}) {
  if (!caption) return null;
  const [width, height] = CAPTION_METRICS.of(widthPx);
  return (
    <span
      className="vanishing-caption"
      data-weightless={outcome.kind === "weightless" || undefined}
      style={{ left: caption[0], top: caption[1], width, height }}
    >
      {markText(widthPx)}
    </span>
  );
}
