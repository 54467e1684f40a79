/**
 * View of the round trip: each label, the regions that write it, and what it comes back as in a perfect
 * prediction.
 */
import { toggleShowChanged } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { RegionsToolbar } from "../view-controls/view-toolbar.tsx";
import { isChanged, selectLabelLines, selectMappingSummary } from "./label-mapping-selectors.ts";
import { useLabelMapping } from "./label-mapping-state.ts";
import { MappingList } from "./mapping-list.tsx";
import { MappingSummaryLine } from "./mapping-summary.tsx";
import { OrderList } from "./order-list.tsx";

export function RoundTripView() {
  const lines = useStore(selectLabelLines);
  const onlyChanged = useLabelMapping((s) => s.onlyChanged);
  if (!lines) {
    return (
      <>
        <RoundTripToolbar />
        <p className="grid-nothing">
          These regions were opened as separate masks, without labels, so the round trip does not apply to
          them.
        </p>
      </>
    );
  }
  return (
    <>
      <RoundTripToolbar />
      <section className="round-trip-view" aria-label="Round trip">
        <MappingSummaryLine />
        <OrderList />
        <MappingList lines={onlyChanged ? lines.filter(({ outcome }) => isChanged(outcome)) : lines} />
      </section>
    </>
  );
}

function RoundTripToolbar() {
  const summary = useStore(selectMappingSummary);
  const onlyChanged = useLabelMapping((s) => s.onlyChanged);
  const hasVolume = useStore((s) => s.openCase?.source.kind === "labels");
  const showChanged = useStore((s) => s.showChanged);
  const changed = summary ? summary.outcomes.wrong + summary.outcomes.merged + summary.outcomes.lost : 0;
  const all = summary ? summary.labels + summary.unseen : 0;
  return (
    <RegionsToolbar label="Round trip view">
      {summary ? (
        <Segmented
          label="Labels shown"
          options={[
            { value: "all", name: `All (${all}) labels`, face: `All (${all})` },
            { value: "changed", name: `Only changed (${changed}) labels`, face: `Changed (${changed})` },
          ]}
          value={onlyChanged ? "changed" : "all"}
          onChange={(value) => useLabelMapping.setState({ onlyChanged: value === "changed" })}
        />
      ) : null}
      <span className="stretch" />
      {hasVolume ? (
        <label className="toggle">
          <input type="checkbox" checked={showChanged} onChange={toggleShowChanged} />
          Show changed voxels in the grid
        </label>
      ) : null}
    </RegionsToolbar>
  );
}
