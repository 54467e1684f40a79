import { CircleCheck, TriangleAlert } from "lucide-react";
import { selectRegionSet, selectRoundTrip } from "../../state/selectors.ts";
import { useStore } from "../../state/store.ts";
import { plural } from "../format.ts";

/** One quiet line when prediction gives every label back; what is wrong otherwise is among the findings. */
export function RoundTripSummary() {
  const trip = useStore(selectRoundTrip);
  const set = useStore(selectRegionSet);
  const labels = useStore((s) =>
    s.openCase?.source.kind === "labels" ? s.openCase.source.volume.palette : null,
  );
  if (!trip || !set) return null;
  if (!trip.lossless) {
    return (
      <p className="round-trip" data-lossless={false}>
        <TriangleAlert size={14} aria-hidden />
        <span>
          Round trip: {plural(trip.changedVoxels, "voxel")} come back with another label (
          {trip.changes
            .slice(0, 6)
            .map((change) => `${change.from} → ${change.to}`)
            .join(", ")}
          {trip.changes.length > 6 ? ", …" : ""}).
        </span>
      </p>
    );
  }
  const count = labels?.filter((value) => value !== 0 && value !== -1).length ?? 0;
  if (count === 0)
    return <p className="round-trip">This case has no label besides background: nothing has to come back.</p>;
  return (
    <p className="round-trip" data-lossless={true}>
      <CircleCheck size={14} aria-hidden />
      <span>
        {count === 1 ? "The label comes back" : `All ${count} labels come back`}: writing the regions in order
        restores every voxel{labels?.includes(-1) ? " but those of -1, which become 0" : ""}.
      </span>
    </p>
  );
}
