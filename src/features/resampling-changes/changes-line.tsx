/** One row of the table of what resampling changed. */
import { memo } from "react";
import type { Commands } from "../../app/commands/commands.ts";
import { plural } from "../../base/format-numbers.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import type { PlaceFilter } from "../../state/slices/changed-places-slice.ts";
import { DiceBar } from "../../ui/controls/dice-bar.tsx";
import type { ChangeRow, VoxelVolumes } from "./changes-rows.ts";
import type { ChangeColumn } from "./changes-state.ts";
import { diceText, OUTCOME_TEXT, sizeText, volumeText } from "./text.ts";

interface Props {
  readonly row: ChangeRow;
  readonly id: string;
  readonly index: number;
  readonly heightPx: number;
  readonly current: boolean;
  readonly columns: readonly { readonly by: ChangeColumn; readonly name: string }[];
  /** Null for sizes in voxels. */
  readonly volumes: VoxelVolumes | null;
  readonly onStep: Commands["stepPlace"];
}

export const ChangesLine = memo(function ChangesLine(props: Props) {
  const { row, id, index, heightPx, current, columns } = props;
  const { region, outcome } = row;
  return (
    <tr
      id={id}
      style={{ height: heightPx }}
      aria-rowindex={index + 2}
      aria-selected={current}
      data-current={current || undefined}
      data-outcome={outcome}
      onClick={() => selectRegion(region.name)}
    >
      {columns.map(({ by, name }) =>
        by === "order" ? (
          <th key={by} scope="row" title={region.name}>
            <span className="changes-region">
              <i className="swatch" style={{ background: region.hex }} />
              <span>{region.name}</span>
            </span>
          </th>
        ) : (
          <td key={by} data-column={by}>
            <span className="visually-hidden">{`${name}: `}</span>
            <Cell {...props} by={by} />
          </td>
        ),
      )}
    </tr>
  );
});

/** Changes that can be looked at are links for the pointer; Enter goes to them from the row. */
function Cell({ row, volumes, onStep, by }: Props & { readonly by: Exclude<ChangeColumn, "order"> }) {
  const { region, change, outcome, volume } = row;
  const step = (kind: PlaceFilter["kind"]) => () => onStep(1, { kind, region: region.name });
  switch (by) {
    case "volume":
      return volume === null || outcome === "gone" ? "–" : volumeText(volume);
    case "dice":
      return <Result row={row} onStep={step("gone")} />;
    case "inside":
    case "outside":
      return sizeText(change[by], volumes?.stored ?? null);
    case "lost":
    case "gaps":
      return change[by] === 0 ? (
        <span className="changes-none">0</span>
      ) : (
        <button
          type="button"
          className="link"
          tabIndex={-1}
          title={`Show the ${by === "gaps" ? "largest gap" : "largest loss"} of ${region.name}`}
          onClick={step(by === "gaps" ? "gap" : "lost")}
        >
          {sizeText(change[by], volumes?.trained ?? null)}
        </button>
      );
    default:
      return change[by] === 0 && by === "gained" ? (
        <span className="changes-none">0</span>
      ) : (
        sizeText(change[by], volumes?.trained ?? null)
      );
  }
}

function Result({ row, onStep }: { readonly row: ChangeRow; readonly onStep: () => void }) {
  const { outcome, change, region } = row;
  if (outcome === "gone" || outcome === "cropped")
    return (
      <button
        type="button"
        className="link changes-gone"
        tabIndex={-1}
        title={`Show ${region.name} on the stored grid: ${plural(change.inside + change.outside, "voxel")}`}
        onClick={onStep}
      >
        {OUTCOME_TEXT[outcome]}
      </button>
    );
  if (outcome === "absent") return <span className="changes-word">{OUTCOME_TEXT[outcome]}</span>;
  const { dice } = change;
  if (dice === null) return "–";
  return (
    <span className="changes-dice">
      <b>{diceText(dice)}</b>
      <DiceBar dice={dice} />
    </span>
  );
}
