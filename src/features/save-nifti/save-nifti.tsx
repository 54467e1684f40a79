/** Mounts the dialog that saves the training grid or targets once it is first opened. */
import { useState } from "react";
import { saveDialog } from "./lazy.ts";
import { useSaving } from "./saving-state.ts";

/** Keeps the dialog mounted after that, so that closing it returns the focus. */
export function SaveNifti() {
  const isOpen = useSaving((s) => s.isOpen);
  const [wanted, setWanted] = useState(false);
  if (isOpen && !wanted) setWanted(true);
  return wanted ? <saveDialog.View /> : null;
}
