/** Button that plays through the slices of the active plane, starting again after the last one. */
import { Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { stepSlice } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { sliceOf } from "../../state/view/initial-view.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";

/** Milliseconds between slices; slower if drawing takes longer. */
const PACE_MS = 100;

export function CineButton() {
  const [playing, setPlaying] = useState(false);
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
      onClick={() => setPlaying(!playing)}
    />
  );
}

function nextSlice(): void {
  const { openCase, view } = useStore.getState();
  if (!openCase) return;
  const { slice, last, direction } = sliceOf(sourceGrid(openCase.source), view.plane, view.voxel);
  stepSlice(slice < last ? direction : direction * -last);
}
