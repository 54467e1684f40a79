/** The survival view: which regions and components remain at each scale. */
import { selectSurvivalQuery } from "../../state/case/shown-patch.ts";
import { whyNoRegions } from "../../state/case/why-no-regions.ts";
import { useStore } from "../../state/store.ts";
import { TargetsControls } from "../view-controls/targets-controls.tsx";
import { TrainerSelect } from "../view-controls/trainer-select.tsx";
import { ComponentSharesControls } from "./component-shares-controls.tsx";
import { PatchesSummary, SurvivalSummary } from "./survival-summary.tsx";
import { SurvivalTable } from "./survival-table.tsx";
import { SurvivalToolbar } from "./survival-toolbar.tsx";

export function SurvivalView() {
  const asks = useStore((s) => selectSurvivalQuery(s) !== null);
  const noRegions = useStore(whyNoRegions);
  if (!asks) {
    return (
      <p className="grid-nothing">
        {noRegions ?? "Open a label file to see what remains of each region at each scale."}
      </p>
    );
  }
  return (
    <>
      <SurvivalToolbar />
      <section className="survival" aria-label="Survival">
        <div className="survival-controls">
          <TargetsControls />
          <span className="survival-label">Trainer</span>
          <div>
            <TrainerSelect className="button slim select" />
          </div>
          <span className="survival-label">Components</span>
          <div>
            <ComponentSharesControls />
          </div>
        </div>
        <PatchesSummary />
        <SurvivalSummary />
        <SurvivalTable />
      </section>
    </>
  );
}
