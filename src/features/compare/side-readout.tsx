/** What one side has under the pointer, or else at the crosshair. */
import { useMemo } from "react";
import { heldAt } from "../../domain/analysis/held-at.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";
import { valueText } from "../../domain/volume/float32.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";

interface Props {
  readonly side: "a" | "b";
  readonly query: CompareQuery;
}

export function SideReadout({ side, query }: Props) {
  const voxel = useStore((s) => s.hover?.voxel ?? s.view.voxel);
  const pooling = useStore((s) => (side === "a" || query.kind === "scale" ? s.pooling : null));
  const text = useMemo(() => readout(query, side, voxel, pooling), [query, side, voxel, pooling]);
  return (
    <p className="compare-readout" title={text}>
      {text}
    </p>
  );
}

function readout(query: CompareQuery, side: "a" | "b", voxel: Triple, pooling: PoolingRule | null): string {
  const held = heldAt(query[side], query.channels, voxel, pooling);
  if (!held) return "outside";
  const names = held.channels.map((channel) => query.rows[channel]?.name ?? "").join(", ");
  if (held.label === null)
    return names || (query[side].source.kind === "masks" ? "in no mask" : "in no region");
  const value = valueText(held.label);
  if (held.label === 0 && !names) return "background";
  return !names || names === `label ${value}` ? `label ${value}` : `${value} ${names}`;
}
