/** Changes window and level by dragging. */
import { setWindow } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";

/** Dragging right widens the window; dragging down raises its level in proportion to its width. */
export function dragWindow(dxPx: number, dyPx: number): void {
  const { view } = useStore.getState();
  const { level, width } = view.window;
  setWindow({ level: level + (dyPx * width) / 300, width: width * Math.exp(dxPx / 200) });
}
