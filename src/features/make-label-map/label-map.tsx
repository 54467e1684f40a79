import { useState } from "react";
import { useStore } from "../../state/store.ts";
import { labelMapDialog } from "./lazy.ts";

/** The dialog's script comes when it is first wanted, and then stays: closing gives the focus back. */
export function LabelMap() {
  const isOpen = useStore((s) => s.labelMap !== null);
  const [wanted, setWanted] = useState(false);
  if (isOpen && !wanted) setWanted(true);
  return wanted ? <labelMapDialog.View /> : null;
}
