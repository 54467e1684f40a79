import { Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { stepSlice } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { sliceOf } from "../../state/view/initial-view.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";

/** Between slices; a slower adapter is waited for. */
const PACE_MS = 100;

/** Goes through the slices of the active plane by itself, from the last on to the first. */
export function CineButton() {
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      // The slice before is still being drawn.
      if (document.documentElement.dataset.idle === "true") nextSlice();
    }, PACE_MS);
    return () => clearInterval(timer);
  }, [playing]);
  return (
    <IconButton
      icon={playing ? Pause : Play}
      label={playing ? "Stop going through the slices" : "Go through the slices (cine)"}
      pressed={playing}
      onClick={() => setPlaying(!playing)}
    />
  );
}

function nextSlice(): void {
  const { openCase, view } = useStore.getState();
  if (!openCase) return;
  const { slice, of, direction } = sliceOf(sourceGrid(openCase.source), view.plane, view.voxel);
  stepSlice(slice < of ? direction : direction * (1 - of));
}
