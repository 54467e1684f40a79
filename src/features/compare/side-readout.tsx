/** What one side has under the pointer, or else at the crosshair. */
import { heldAt } from "../../domain/analysis/held-at.ts";
import { valueText } from "../../domain/volume/float32.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";

interface Props {
  readonly side: "a" | "b";
  readonly query: CompareQuery;
}

export function SideReadout({ side, query }: Props) {
  const text = useStore((s) => readout(query, side, s.hover?.voxel ?? s.view.voxel));
  return (
    <p className="compare-readout" title={text}>
      {text}
    </p>
  );
}

function readout(query: CompareQuery, side: "a" | "b", voxel: readonly [number, number, number]): string {
  const held = heldAt(query[side], query.channels, voxel);
  if (!held) return "outside";
  const names = held.channels.map((channel) => query.rows[channel]?.name ?? "").join(", ");
  if (held.label === null) return names || "in no mask";
  const value = valueText(held.label);
  if (held.label === 0 && !names) return "background";
  return !names || names === `label ${value}` ? `label ${value}` : `${value} ${names}`;
}
