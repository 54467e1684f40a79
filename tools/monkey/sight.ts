/**
 * Looks at the page from inside it, in one call: what is at a spot, what has the focus, and the edits so far.
 */
import type { Page } from "playwright";
import type { Spot } from "./events.ts";
import type { Control, EditHistory } from "./meant.ts";

export interface Sight {
  /** Where the spot is, in CSS px. */
  readonly x: number;
  readonly y: number;
  readonly target: Control;
  readonly focus: Control;
  /** A link that leaves the page, or a control of the browser that cannot be closed again. */
  readonly isForbidden: boolean;
  /** Whether a menu, a list of choices or a dialog is open. */
  readonly hasPopup: boolean;
  /** Whether clicks in the grid pick labels. */
  readonly picking: boolean;
  readonly history: EditHistory;
}

/** Finds a spot on the page as it is now. */
export function look(page: Page, spot: Spot | null): Promise<Sight> {
  return page.evaluate((wanted) => {
    const CONTROLS =
      "button, a[href], input:not([type=file]), select, textarea, summary, canvas, .chip, .tile, .region-row, .finding-text, " +
      "[role=menuitem], [role=menuitemcheckbox], [role=menuitemradio], [role=option], [role=slider], [role=separator], [role=switch], [tabindex='0']";
    const FIELDS =
      "input:not([type=checkbox], [type=radio], [type=range], [type=color], [type=file]), textarea";
    const PARTS = ["header", ".left", "main", ".right"];
    const POPUPS = "[role=menu], [role=listbox], [role=dialog], [role=alertdialog]";

    /** A control that is visible, enabled and not covered where it would be pressed. */
    const isThere = (element: Element) => {
      if (element.matches(":disabled")) return false;
      const { left, top, width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2) return false;
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit !== null && (element.contains(hit) || hit.contains(element));
    };
    const place = (element: Element, across: number, down: number) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const inside = (from: number, length: number, at: number, last: number) =>
        Math.max(1, Math.min(last - 2, from + 1 + at * (length - 2)));
      return {
        x: inside(left, width, across, innerWidth),
        y: inside(top, height, down, innerHeight),
      };
    };
    const nth = <T>(all: readonly T[], fraction: number) => all[Math.floor(fraction * all.length)];
    const find = (selector: string) => [...document.querySelectorAll(selector)].filter(isThere);
    const middle = { x: innerWidth / 2, y: innerHeight / 2 };

    const locate = (): { x: number; y: number } => {
      if (wanted === null) return middle;
      if (wanted.at === "window") return { x: wanted.x * (innerWidth - 1), y: wanted.y * (innerHeight - 1) };
      if (wanted.at === "picture") {
        const canvas = find("main canvas, main .pane")[0] ?? document.querySelector("main");
        return canvas ? place(canvas, wanted.x, wanted.y) : middle;
      }
      const field = wanted.at === "field" ? nth(find(FIELDS), wanted.nth) : undefined;
      if (field) return place(field, 0.5, 0.5);
      const groups = new Map<string, Element[]>();
      for (const element of find(CONTROLS)) {
        const part = element.closest(POPUPS)
          ? "popup"
          : (PARTS.find((one) => element.closest(one)) ?? "rest");
        groups.set(part, [...(groups.get(part) ?? []), element]);
      }
      const popup = groups.get("popup");
      const group = popup ?? nth([...groups.values()], wanted.at === "control" ? wanted.part : 0);
      const control = group && nth(group, wanted.nth);
      if (!control) return middle;
      return wanted.at === "control" ? place(control, wanted.x, wanted.y) : place(control, 0.5, 0.5);
    };

    const nameOf = (element: Element) => {
      const text =
        element.ariaLabel ||
        (element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null) ||
        element.textContent ||
        element.getAttribute("title") ||
        "";
      return text.replace(/\s+/g, " ").trim().slice(0, 120);
    };
    const describe = (hit: Element | null) => {
      const element = hit?.closest(CONTROLS) ?? hit;
      return {
        role: element?.getAttribute("role") ?? element?.localName ?? "nothing",
        name: element && element !== document.body ? nameOf(element) : "",
        isTextField: element?.matches(FIELDS) ?? false,
        isGrid: element?.matches("canvas.grid-canvas") ?? false,
        isGrip: (hit?.closest(".grip") ?? null) !== null,
        inRegionList: element?.closest("[role=table], table")?.getAttribute("aria-label") === "Regions",
        mayOpen:
          (element?.closest(".welcome, [role=menu], [role=dialog], [role=alertdialog]") ?? null) !== null,
      };
    };

    const { x, y } = locate();
    const hit = document.elementFromPoint(x, y);
    const link = hit?.closest("a[href]");
    const { undo = [], redo = [] } = window.regionscope?.edits() ?? {};
    return {
      x,
      y,
      target: describe(hit),
      focus: describe(document.activeElement),
      isForbidden:
        (link instanceof HTMLAnchorElement && link.origin !== location.origin) ||
        (hit?.closest("input[type=color]") ?? null) !== null,
      hasPopup: document.querySelector(POPUPS) !== null,
      picking: document.querySelector(".pick-toggle[aria-pressed=true]") !== null,
      history: { undo: [...undo], redo: [...redo], text: window.regionscope?.definitionText() ?? null },
    };
  }, spot);
}
