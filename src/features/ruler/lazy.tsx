/** Parts of the ruler whose scripts load later. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const rulerControls = lazyView(
  async () => (await import("./ruler-controls.tsx")).RulerControls,
  <span className="icon-button" />,
);
export const rulersMenu = lazyView(async () => (await import("./rulers-menu.tsx")).RulersMenu);
export const gridRulers = lazyView(async () => (await import("./grid-rulers.tsx")).GridRulers);
