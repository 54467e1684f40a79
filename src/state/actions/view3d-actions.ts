/** Turns and cuts the 3D view. */
import type { SolidCamera } from "../../domain/geometry/camera.ts";
import type { SolidCutName } from "../../domain/view/view-values.ts";
import { useStore } from "../store.ts";

export function setCamera(camera: SolidCamera | null): void {
  useStore.setState({ camera });
}

export function setSolidCut(solidCut: SolidCutName): void {
  useStore.setState({ solidCut });
}

export function setTurning(turning: boolean): void {
  useStore.setState((s) => (s.turning === turning ? s : { turning }));
}
