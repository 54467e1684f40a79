/** Note that voxels are counted on the CPU because there is no GPU, with progress. */
import { useStore } from "../../state/store.ts";

export function CpuNote() {
  const without = useStore((s) => s.gpu.status === "unavailable" && s.openCase !== null);
  const percent = useStore((s) => (s.cpuCounting === null ? null : Math.floor(s.cpuCounting * 100)));
  if (!without) return null;
  return (
    <p className="sort-note cpu-note" role="note" aria-label="Where counts come from">
      {percent === null
        ? "There is no GPU: voxels are counted on the CPU."
        : `There is no GPU: voxels are being counted on the CPU, ${percent} %.`}
    </p>
  );
}
