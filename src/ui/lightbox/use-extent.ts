import { useEffect, useState } from "react";
import { inSteps } from "../../app/in-steps.ts";
import { type Extent, type Extents, extentOf, findExtents } from "../../domain/extents.ts";
import type { Source } from "../../domain/palette-volume.ts";
import { selectRegionTable } from "../../state/selectors.ts";
import { useStore } from "../../state/store.ts";

const found = new WeakMap<Source, Extents>();

/** The box around the voxels of some channels of the open case. Not `known` while it is being looked for; null for no voxel. */
export function useExtent(channels: readonly number[]): {
  readonly known: boolean;
  readonly extent: Extent | null;
} {
  const source = useStore((s) => s.openCase?.source ?? null);
  const table = useStore(selectRegionTable);
  const [, setArrived] = useState<Source | null>(null);
  useEffect(() => {
    if (!source || found.has(source)) return undefined;
    const abort = new AbortController();
    const { workStarted, workEnded } = useStore.getState();
    workStarted();
    inSteps(findExtents(source), abort.signal)
      .then((extents) => {
        found.set(source, extents);
        if (!abort.signal.aborted) setArrived(source);
      })
      .catch(() => undefined)
      .finally(workEnded)
      .catch(() => undefined);
    return () => abort.abort();
  }, [source]);
  const extents = source && found.get(source);
  return { known: Boolean(extents), extent: extents ? extentOf(extents, table, channels) : null };
}
