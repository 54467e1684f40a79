/** Shows where the scales come from; without plans it opens an editor for the strides. */
import { Popover } from "@base-ui/react/popover";
import { Pencil } from "lucide-react";
import { lacksStrides } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";
import { stridesEditor } from "./lazy.tsx";

export function ScalesSource() {
  const plans = useStore((s) => s.plans);
  const configuration = useStore((s) => s.configuration);
  const edited = useStore((s) => s.stridesOverride !== null);
  const none = useStore(lacksStrides);
  if (plans && !edited) {
    return (
      <p
        className="scales-source"
        title={`${none ? "No strides in" : "Scales from"} ${plans.file}${configuration ? ` (${configuration})` : ""}`}
      >
        <span>{none ? "No strides in plans" : "Scales from plans"}</span>
        <small>{configuration}</small>
      </p>
    );
  }
  return (
    <Popover.Root>
      <Popover.Trigger className="scales-source editable">
        <span>{edited ? "Edited strides" : "No plans: guessed"}</span>
        <small className="link">
          <Pencil size={11} aria-hidden /> Edit strides
        </small>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" sideOffset={6} align="start">
          <Popover.Popup className="popup facts">
            <Popover.Title className="facts-title">Strides per network stage</Popover.Title>
            {edited ? null : (
              <p>
                Without plans, strides are guessed from the case's shape and spacing, as in the first step of
                nnU-Net's planner. Open nnUNetPlans.json to use the strides of the training.
              </p>
            )}
            <stridesEditor.View />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
