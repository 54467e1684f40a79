/** Dialog that lists the differences between two definitions. */
import { Dialog } from "@base-ui/react/dialog";
import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";
import { selectStoredLabels } from "../../state/case/case-selectors.ts";
import type { OtherDefinition } from "../../state/slices/edit-slice.ts";
import { useStore } from "../../state/store.ts";
import { focusAfterDialog } from "../../ui/controls/use-focus-handoff.ts";
import { diffWithVoxels } from "./definition-diff-selectors.ts";
import { DiffList } from "./diff-list.tsx";
import { OverlayToggle } from "./overlay-toggle.tsx";

interface Props {
  readonly other: OtherDefinition;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function DiffDialog({ other, open, onOpenChange }: Props) {
  const [swapped, setSwapped] = useState(false);
  const mine = useStore((s) => s.definition);
  const labels = useStore(selectStoredLabels);
  const hasVolume = useStore((s) => s.openCase?.source.kind === "labels");
  if (!mine) return null;
  const [from, to] = swapped ? [mine, other.definition] : [other.definition, mine];
  const [fromTitle, toTitle] = swapped
    ? ["the open definition", other.title]
    : [other.title, "the open definition"];
  const comparison = open ? diffWithVoxels(from, to, hasVolume ? labels : null) : null;
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog compare" finalFocus={focusAfterDialog}>
          <Dialog.Title>Differences</Dialog.Title>
          <div className="compare-sides">
            <span>
              from <b>{fromTitle}</b> to <b>{toTitle}</b>
            </span>
            <button type="button" className="button slim" onClick={() => setSwapped(!swapped)}>
              <ArrowLeftRight size={13} aria-hidden /> Swap sides
            </button>
          </div>
          {comparison ? <DiffList {...comparison} /> : null}
          <div className="compare-foot">
            {comparison?.voxels && comparison.voxels.voxels > 0 ? <OverlayToggle other={other} /> : null}
            <Dialog.Close className="button">Close</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
