/** Button that plays through the slices of the active plane, starting again after the last one. */
import { Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { objectNumber } from "../../base/object-number.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { stepSlice } from "../../state/actions/view-actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import { useStore } from "../../state/store.ts";
import { sliceOf } from "../../state/view/initial-view.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";

/** Milliseconds between slices; slower if drawing takes longer. */
const PACE_MS = 100;

export function CineButton() {
  const shown = useStore(numberOfCase);
  /** What is played; another case does not go on playing. */
  const [played, setPlayed] = useState<number | null>(null);
  const playing = played !== null && played === shown;
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      // Skips a step while the previous slice is still being drawn.
      if (document.documentElement.dataset.idle !== "false") nextSlice();
    }, PACE_MS);
    return () => clearInterval(timer);
  }, [playing]);
  return (
    <IconButton
      icon={playing ? Pause : Play}
      label={playing ? "Stop playing through slices" : "Play through slices (cine)"}
      pressed={playing}
      onClick={() => setPlayed(playing ? null : shown)}
    />
  );
}

/** Tells cases apart without keeping a closed one. */
function numberOfCase(s: AppState): number | null {
  const source = selectStoredCase(s)?.source;
  return source ? objectNumber(source) : null;
}

function nextSlice(): void {
  const { openCase, view } = useStore.getState();
  if (!openCase) return;
  const { slice, last, direction } = sliceOf(sourceGrid(openCase.source), view.plane, view.voxel);
  stepSlice(slice < last ? direction : direction * -last);
}
