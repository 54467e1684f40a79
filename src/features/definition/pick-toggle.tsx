/** Toggle and hint of picking, which adds and removes labels by clicks in the grid. */
import { Pipette } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { isLabel } from "../../domain/dataset/region-set.ts";
import { keyOf } from "../../ui/keys.ts";
import type { EditedRegion } from "./edit-selectors.ts";
import { useEditor } from "./editor-state.ts";
import { useCrosshairLabel, usePicking } from "./use-picking.ts";

/** Moves the focus to the grid, so that arrow keys and Enter pick as well as the pointer. */
export function PickToggle({ disabled }: { readonly disabled: boolean }) {
  const commands = useCommands();
  const picking = useEditor((s) => s.picking);
  const button = useRef<HTMLButtonElement>(null);
  const end = useCallback(() => {
    useEditor.setState({ picking: false });
    button.current?.focus();
  }, []);
  usePicking(commands, end);
  useEffect(() => () => useEditor.setState({ picking: false }), []);
  useEffect(() => {
    if (picking) document.querySelector<HTMLElement>(".grid-scroller")?.focus({ preventScroll: true });
  }, [picking]);
  return (
    <button
      ref={button}
      type="button"
      className="button slim pick-toggle"
      aria-pressed={picking}
      disabled={disabled}
      aria-label="Pick from viewer"
      title={`Click voxels to add or remove their label (${keyOf("pick")})`}
      onClick={() => useEditor.setState({ picking: !picking })}
    >
      <Pipette size={13} aria-hidden /> Pick
    </button>
  );
}

/** Says what a click would do now. */
export function PickHint({ region }: { readonly region: EditedRegion }) {
  const label = useCrosshairLabel();
  const held = label !== null && region.entry?.labels.includes(label.value);
  return (
    <p className="pick-hint" role="status">
      {label && label.value !== 0 ? (
        <>
          Under the crosshair: <b>{label.value}</b> {label.name ? <span>{label.name}, </span> : null}
          {held ? "in the region" : isLabel(label.value) ? "not in the region" : "not a label of nnU-Net"}.{" "}
        </>
      ) : (
        "Under the crosshair: background. "
      )}
      Click or <kbd>{keyOf("pick-here")}</kbd> to add or remove a label, <kbd>{keyOf("pick-end")}</kbd> to
      end.
    </p>
  );
}
