/** Mounts the label map dialog once it is first opened. */
import { useState } from "react";
import { useStore } from "../../state/store.ts";
import { labelMapDialog } from "./lazy.ts";

/** Keeps the dialog mounted after that, so that closing it returns the focus. */
export function LabelMap() {
  const isOpen = useStore((s) => s.labelMap !== null);
  const [wanted, setWanted] = useState(false);
  if (isOpen && !wanted) setWanted(true);
  return wanted ? <labelMapDialog.View /> : null;
}
