/** Switch between the axial, coronal and sagittal plane. */
import { useCommands } from "../app/commands/commands-context.ts";
import { useStore } from "../state/store.ts";
import { Segmented } from "../ui/controls/segmented.tsx";

const PLANES = [
  { value: "axial", name: "Axial", face: "Ax" },
  { value: "coronal", name: "Coronal", face: "Co" },
  { value: "sagittal", name: "Sagittal", face: "Sa" },
] as const;

export function PlaneSwitch() {
  const commands = useCommands();
  const plane = useStore((s) => s.view.plane);
  return (
    <Segmented label="Plane" options={PLANES} value={plane} onChange={(next) => commands.setPlane(next)} />
  );
}
