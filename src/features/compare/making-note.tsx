/** Says over a pane what is being made, until there is a picture. */
import { useEffect, useState } from "react";
import type { Rect } from "../../base/rect.ts";
import { useFrameLog } from "../../state/frame-log.ts";
import { useStore } from "../../state/store.ts";

/** True once this view has drawn a picture with the GPU that is there now. */
export function useHasPicture(): boolean {
  const isReady = useStore((s) => s.gpu.status === "ready" && s.openCase !== null);
  const [before, setBefore] = useState(() => useFrameLog.getState().drawn);
  useEffect(() => {
    if (!isReady) setBefore(useFrameLog.getState().drawn);
  }, [isReady]);
  const hasDrawn = useFrameLog((s) => s.drawn > before);
  return isReady && hasDrawn;
}

interface Props {
  readonly rect: Rect;
  readonly text: string;
}

export function MakingNote({ rect, text }: Props) {
  return (
    <div
      className="compare-making on-picture"
      style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
      role="status"
    >
      <p>{text}</p>
    </div>
  );
}
