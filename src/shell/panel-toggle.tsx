/**
 * Button that shows or hides a side panel. It stands where neither moves it from under the pointer: that of
 * the left panel in the header, that of the right one in the corner where that panel opens.
 */
import { PanelLeft, PanelRight } from "lucide-react";
import { togglePanel } from "../state/actions/view-actions.ts";
import { useStore } from "../state/store.ts";
import { IconButton } from "../ui/controls/icon-button.tsx";

const SIDES = {
  left: { icon: PanelLeft, label: "Show regions and findings" },
  right: { icon: PanelRight, label: "Show timing", className: "right-toggle" },
} as const;

export function PanelToggle({ side }: { readonly side: "left" | "right" }) {
  const shown = useStore((s) => s.panels[side]);
  return <IconButton {...SIDES[side]} pressed={shown} onClick={() => togglePanel(side)} />;
}
