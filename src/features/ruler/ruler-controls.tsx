/** Toolbar button of the ruler, with its keys and its hint over the image. */
import { Ruler } from "lucide-react";
import { useEffect } from "react";
import { rulerText } from "../../domain/geometry/ruler.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { setRulers, toggleRuler } from "../../state/actions/ruler-actions.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { keyOf } from "../../ui/keys.ts";
import { announce, useRulerStatus } from "./actions.ts";
import { useRulerKeys } from "./use-ruler-keys.ts";
import "./ruler.css";

/** Time in ms for which a message is shown. */
const STATUS_MS = 6000;

export function RulerControls() {
  const on = useStore((s) => s.tool === "ruler");
  useRulerKeys();
  useEffect(() => {
    if (on) return;
    // Another tool was selected, so nothing would end the ruler being drawn.
    setRulers({ rulerDraft: null });
  }, [on]);
  useEffect(() => () => announce(""), []);
  return (
    <>
      <IconButton icon={Ruler} label={`Ruler (${keyOf("ruler")})`} pressed={on} onClick={toggleRuler} />
      <RulerHint on={on} />
    </>
  );
}

/** Tells what the ruler does next, visibly and to screen readers. */
function RulerHint({ on }: { readonly on: boolean }) {
  const status = useRulerStatus((s) => s.sentence);
  const byKeys = useStore((s) => s.rulerDraft?.to === null);
  // Shown only until the first ruler is drawn.
  const isFirst = useStore((s) => s.rulers.length === 0);
  const length = useStore((s) =>
    s.openCase && byKeys && s.rulerDraft
      ? rulerText(sourceGrid(s.openCase.source), { from: s.rulerDraft.from, to: s.view.voxel })
      : null,
  );
  useEffect(() => {
    if (status === "") return;
    const timer = setTimeout(() => announce(""), STATUS_MS);
    return () => clearTimeout(timer);
  }, [status]);
  return (
    <p className="ruler-hint" role="status" aria-label="Ruler">
      {status === "" ? null : <b>{status} </b>}
      {on && length !== null ? (
        <>
          <b>{length}</b> so far. Arrow keys move the crosshair, <kbd>{keyOf("ruler-mark")}</kbd> ends there,{" "}
          <kbd>{keyOf("ruler-end")}</kbd> cancels.
        </>
      ) : on && isFirst && status === "" ? (
        <>
          Drag from one point to another, or press <kbd>{keyOf("ruler-mark")}</kbd> to start at the crosshair.
        </>
      ) : null}
    </p>
  );
}
