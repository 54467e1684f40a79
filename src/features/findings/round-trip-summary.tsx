/** One line under the findings that says whether every label survives the round trip. */
import { CircleCheck, TriangleAlert } from "lucide-react";
import { plural } from "../../base/format-numbers.ts";
import { selectLabels, selectRegionSet, selectRoundTrip } from "../../state/case/case-selectors.ts";
import { shownOn } from "../../state/case/shown-on.ts";
import { useStore } from "../../state/store.ts";
import { losslessText } from "./round-trip-text.ts";

export function RoundTripSummary() {
  const trip = useStore(selectRoundTrip);
  const set = useStore(selectRegionSet);
  const labels = useStore(selectLabels);
  const where = useStore((s) => shownOn(s.openCase));
  if (!trip || !set) return null;
  if (!trip.lossless) {
    return (
      <p className="round-trip" data-lossless={false}>
        <TriangleAlert size={14} aria-hidden />
        <span>
          Round trip: {plural(trip.changedVoxels, "voxel")} {trip.changedVoxels === 1 ? "changes" : "change"}{" "}
          label (
          {trip.changes
            .slice(0, 6)
            .map((change) => `${change.from} → ${change.to}`)
            .join(", ")}
          {trip.changes.length > 6 ? ", …" : ""}).
        </span>
      </p>
    );
  }
  const { text, hasLabels } = losslessText(
    labels.filter(({ voxels }) => voxels > 0).map(({ value }) => value),
    where,
  );
  return hasLabels ? (
    <p className="round-trip" data-lossless={true}>
      <CircleCheck size={14} aria-hidden />
      <span>{text}</span>
    </p>
  ) : (
    <p className="round-trip">{text}</p>
  );
}
