/** Parts of the ruler whose scripts load later. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const rulerControls = later(
  async () => (await import("./ruler-controls.tsx")).RulerControls,
  <span className="icon-button" />,
);
export const rulersMenu = later(async () => (await import("./rulers-menu.tsx")).RulersMenu);
export const gridRulers = later(async () => (await import("./grid-rulers.tsx")).GridRulers);
