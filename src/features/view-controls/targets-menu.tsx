/** Toolbar menu for the training patch and pooling; the survival view offers the same controls. */
import { Popover } from "@base-ui/react/popover";
import { Scan } from "lucide-react";
import { selectPatch } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { POOLING_NAMES } from "../../state/view/view-names.ts";
import { keyOf } from "../../ui/keys.ts";
import { targetsControls } from "./lazy.tsx";

export function TargetsMenu() {
  const patched = useStore((s) => selectPatch(s) !== null);
  const pooling = useStore((s) => s.pooling);
  const rule = pooling ? [POOLING_NAMES[pooling]] : [];
  const state = [...(patched ? ["Patch"] : []), ...rule];
  const stateText = state.length > 0 ? state.join(", ") : "Whole case";
  // The patch goes on and off by a key, which must not move the tools after this one.
  const [whole, patch] = [rule.join() || "Whole case", ["Patch", ...rule].join(", ")];
  const widest = whole.length > patch.length ? whole : patch;
  return (
    <Popover.Root>
      <Popover.Trigger
        className="button slim"
        aria-label={`Training patch and pooling: ${stateText}`}
        title={`Show one training patch as the loss sees it (${keyOf("patch")}), or choose a pooling rule`}
        data-active={state.length > 0 || undefined}
      >
        <Scan size={14} aria-hidden />
        <span className="targets-state" data-widest={widest}>
          {stateText}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" sideOffset={6} align="start">
          <Popover.Popup className="popup targets-popup">
            <Popover.Title className="visually-hidden">Training patch and pooling</Popover.Title>
            <div className="survival-controls">
              <targetsControls.View />
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
