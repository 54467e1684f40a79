/** Menu of all rulers; choosing one goes to its slice. */
import { Popover } from "@base-ui/react/popover";
import { ChevronUp, X } from "lucide-react";
import { rulerText } from "../../domain/geometry/ruler.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { KEYS } from "../../ui/keys.ts";
import { commandIn } from "../../ui/scoped-keys.ts";
import { clearRulers, goToRuler, removeRuler, rulerSliceText } from "./actions.ts";
import "./ruler.css";

export function RulersMenu() {
  const grid = useStore((s) => (s.openCase ? sourceGrid(s.openCase.source) : null));
  const rulers = useStore((s) => s.rulers);
  const selected = useStore((s) => s.selectedRuler);
  if (!grid) return null;
  return (
    <Popover.Root>
      <Popover.Trigger className="link probe-toggle" title="Go to or remove rulers">
        {rulers.length} {rulers.length === 1 ? "ruler" : "rulers"} <ChevronUp size={14} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" side="top" sideOffset={6} align="end">
          <Popover.Popup className="popup rulers-popup">
            <Popover.Title className="list-title">Rulers</Popover.Title>
            <ol className="rulers-list">
              {rulers.map((ruler, i) => {
                const [where, length] = [rulerSliceText(grid, ruler), rulerText(grid, ruler)];
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a ruler is its place in the list
                  <li key={i} data-selected={i === selected || undefined}>
                    <button
                      type="button"
                      className="rulers-line"
                      aria-label={`Go to ${where.toLowerCase()}, ${length}`}
                      aria-current={i === selected || undefined}
                      aria-keyshortcuts={KEYS["ruler-remove"].join(" ")}
                      onClick={() => goToRuler(i)}
                      onKeyDown={(event) => {
                        if (commandIn("ruler", event.nativeEvent) === "ruler-remove") removeRuler(i);
                      }}
                    >
                      <span>{where}</span> <b>{length}</b>
                    </button>
                    <IconButton
                      icon={X}
                      label={`Remove the ruler of ${length}`}
                      // The second click of a double click would remove the next one.
                      onClick={({ detail }) => detail <= 1 && removeRuler(i)}
                    />
                  </li>
                );
              })}
            </ol>
            <div className="rulers-foot">
              <button type="button" className="button slim" onClick={clearRulers}>
                Remove all rulers
              </button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
