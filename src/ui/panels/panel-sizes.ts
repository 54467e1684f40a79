/** How wide and high the panels beside the pictures are. */
import { create } from "zustand";
import { recall, remember } from "../../base/preferences.ts";
import { within } from "../../base/within.ts";

type Sized = "left" | "right" | "findings";

/**
 * A border of 1 px, and what is kept free beside it: a grip covers nothing. As in regions.css and
 * findings.css.
 */
export const PANEL_GRIP_PX = 8;

/** Narrower, counts and times would be cut. As in layout.css and findings.css. */
export const LEAST_PX: Readonly<Record<Sized, number>> = { left: 260, right: 240, findings: 130 };
/** Of a width. */
const MOST_PX = 720;
/** What a panel leaves of its neighbour: of the pictures, and of the list of regions. */
const NEIGHBOUR_PX = { left: 480, right: 480, findings: 212 } as const;

const STORED_AS: Readonly<Record<Sized, string>> = {
  left: "width.left",
  right: "width.right",
  findings: "height.findings",
};

/**
 * What was chosen; null where a panel is as large as the stylesheet says. The page may be too small to show
 * all of it.
 */
export const usePanelSizes = create<Readonly<Record<Sized, number | null>>>()(() => ({
  left: chosenSize("left", recall(STORED_AS.left)),
  right: chosenSize("right", recall(STORED_AS.right)),
  findings: chosenSize("findings", recall(STORED_AS.findings)),
}));

/** @param px null for the usual size */
export function choosePanelSize(panel: Sized, px: number | null): void {
  usePanelSizes.setState({ [panel]: px });
  remember(STORED_AS[panel], px === null ? null : String(px));
}

/** A size as it was remembered; null for what is none. */
export function chosenSize(panel: Sized, text: string | null): number | null {
  const px = text === null || text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(px)) return null;
  return Math.round(within(px, LEAST_PX[panel], panel === "findings" ? px : MOST_PX));
}

/**
 * The most that a panel can be given where it and its neighbour are as large as they are. A neighbour that
 * has less than it should already gives nothing.
 */
export function mostSize(panel: Sized, ownPx: number, neighbourPx: number): number {
  const all = ownPx + Math.max(0, neighbourPx - NEIGHBOUR_PX[panel]);
  return Math.max(LEAST_PX[panel], panel === "findings" ? all : Math.min(MOST_PX, all));
}

/** Whether the pictures have no more than they need: the panels then have less than was chosen. */
export function isTight(centrePx: number): boolean {
  return centrePx <= NEIGHBOUR_PX.left;
}
