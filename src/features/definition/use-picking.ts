/** Hooks of picking: adds or removes the label under the crosshair. */
import { useEffect } from "react";
import type { Commands } from "../../app/commands/commands.ts";
import { labelAt } from "../../domain/analysis/probe.ts";
import { isLabel } from "../../domain/dataset/region-set.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { isMinusOneOutside } from "../../state/case/minus-one.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import { useStore } from "../../state/store.ts";
import { commandIn } from "../../ui/scoped-keys.ts";
import { toggleLabel } from "./actions.ts";
import { useEditor } from "./editor-state.ts";

/** Farthest the pointer may move between press and release of a click, in CSS px; more is a drag. */
const CLICK_PX = 4;

/**
 * While picking, a click in the grid (or Enter, with the crosshair moved by the arrow keys) adds the label
 * under the crosshair to the selected region, or removes it if the region has it. Escape ends picking.
 */
export function usePicking(commands: Commands, onEnd: () => void): void {
  const picking = useEditor((s) => s.picking);
  useEffect(() => {
    if (!picking) return;
    const listening = new AbortController();
    const on = { signal: listening.signal, capture: true };
    const isOn = (event: Event, selector: string) =>
      event.target instanceof Element && event.target.closest(selector) !== null;
    let pressed = { x: 0, y: 0 };
    const pick = () => {
      const label = labelUnderCrosshair();
      if (label !== null && isLabel(label)) toggleLabel(commands, label);
    };
    document.addEventListener(
      "pointerdown",
      ({ clientX: x, clientY: y }) => {
        pressed = { x, y };
      },
      on,
    );
    document.addEventListener(
      "click",
      (event) => {
        const { tool } = useStore.getState();
        const still = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) <= CLICK_PX;
        // Clicks on pictures and on the probe's regions would otherwise select another region to pick for.
        if (isOn(event, "canvas, .view3d-surface, .chip")) event.preventDefault();
        if (isOn(event, "canvas.grid-canvas") && still && tool === "crosshair" && !event.altKey) pick();
      },
      on,
    );
    // Enlarging a tile would select its region, and the next click would edit that one.
    document.addEventListener(
      "dblclick",
      (event) => {
        if (isOn(event, "canvas.grid-canvas")) event.preventDefault();
      },
      on,
    );
    document.addEventListener(
      "keydown",
      (event) => {
        const inGrid = event.target instanceof Element && event.target.matches(".grid-scroller, body");
        const command = commandIn("picking", event);
        if (command === "pick-end" && !isTyping(event)) {
          event.stopPropagation();
          onEnd();
        } else if (command === "pick-here" && inGrid) {
          event.preventDefault();
          pick();
        }
      },
      on,
    );
    return () => listening.abort();
  }, [picking, commands, onEnd]);
}

function isTyping({ target }: Event): boolean {
  return (
    target instanceof Element && target.closest("input, textarea, [role=listbox], [role=dialog]") !== null
  );
}

/** Outside the nonzero mask, -1 is background to nnU-Net's loader. */
function labelOf(openCase: OpenCase, voxel: Triple): number | null {
  const label = labelAt(openCase.source, voxel);
  return label === -1 && isMinusOneOutside(openCase) ? 0 : label;
}

function labelUnderCrosshair(): number | null {
  const { openCase, view } = useStore.getState();
  return openCase && labelOf(openCase, view.voxel);
}

/** The label under the crosshair, for the picking hint; re-renders only when the label changes. */
export function useCrosshairLabel(): { readonly value: number; readonly name: string | null } | null {
  const value = useStore((s) => (s.openCase ? labelOf(s.openCase, s.view.voxel) : null));
  const names = useStore(selectLabelNames);
  return value === null ? null : { value, name: names.get(value) ?? null };
}
