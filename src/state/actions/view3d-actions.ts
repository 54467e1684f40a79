/** Actions that turn and clip the 3D view. */
import type { Camera } from "../../domain/geometry/camera.ts";
import type { ClipMode } from "../../domain/view/view-values.ts";
import type { View3dStage } from "../slices/view3d-slice.ts";
import { useStore } from "../store.ts";

export function setCamera(camera: Camera | null): void {
  useStore.setState({ camera });
}

export function setClipMode(clipMode: ClipMode): void {
  useStore.setState({ clipMode });
}

export function setInteracting(interacting: boolean): void {
  useStore.setState((s) => (s.interacting === interacting ? s : { interacting }));
}

export function setView3dOnlyOpaque(view3dOnlyOpaque: boolean): void {
  useStore.setState((s) => (s.view3dOnlyOpaque === view3dOnlyOpaque ? s : { view3dOnlyOpaque }));
}

export function setView3dStage(view3dStage: View3dStage): void {
  useStore.setState((s) => (s.view3dStage === view3dStage ? s : { view3dStage }));
}
