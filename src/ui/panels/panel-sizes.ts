/** Sizes of the panels beside the main view: limits, and the sizes that the user chose. */
import { create } from "zustand";
import { getPreference, setPreference } from "../../base/preferences.ts";
import { within } from "../../base/within.ts";

type Sized = "left" | "right" | "findings";

/**
 * A 1 px border plus the space kept free beside it, so that the grip covers nothing. Same value as in
 * regions.css and findings.css.
 */
export const PANEL_GRIP_PX = 8;

/** Below these sizes, counts and times would be cut off. Same values as in layout.css and findings.css. */
export const MIN_PX: Readonly<Record<Sized, number>> = { left: 260, right: 240, findings: 130 };
/** Maximum width; heights have none. */
const MAX_PX = 720;
/** Minimum size that a panel leaves its neighbour: the main view or the region list. */
const NEIGHBOUR_PX = { left: 480, right: 480, findings: 212 } as const;

const STORED_AS: Readonly<Record<Sized, string>> = {
  left: "width.left",
  right: "width.right",
  findings: "height.findings",
};

/** Chosen sizes; null means the stylesheet's size. The page may be too small to show the chosen size. */
export const usePanelSizes = create<Readonly<Record<Sized, number | null>>>()(() => ({
  left: chosenSize("left", getPreference(STORED_AS.left)),
  right: chosenSize("right", getPreference(STORED_AS.right)),
  findings: chosenSize("findings", getPreference(STORED_AS.findings)),
}));

/** @param px null resets to the default size */
export function choosePanelSize(panel: Sized, px: number | null): void {
  usePanelSizes.setState({ [panel]: px });
  setPreference(STORED_AS[panel], px === null ? null : String(px));
}

/** Parses a remembered size; null if it is invalid. */
export function chosenSize(panel: Sized, text: string | null): number | null {
  const px = text === null || text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(px)) return null;
  return Math.round(within(px, MIN_PX[panel], panel === "findings" ? px : MAX_PX));
}

/**
 * Returns the maximum size of a panel, given its own and its neighbour's current size. A neighbour that is
 * already too small gives up nothing.
 */
export function mostSize(panel: Sized, ownPx: number, neighbourPx: number): number {
  const all = ownPx + Math.max(0, neighbourPx - NEIGHBOUR_PX[panel]);
  return Math.max(MIN_PX[panel], panel === "findings" ? all : Math.min(MAX_PX, all));
}

/**
 * Returns whether the main view has only its minimum width, in which case panels are narrower than chosen.
 */
export function isTight(mainPx: number): boolean {
  return mainPx <= NEIGHBOUR_PX.left;
}
