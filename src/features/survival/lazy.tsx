/** Parts of survival over pictures; their scripts load later. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const vanishingOverlay = lazyView(
  async () => (await import("./vanishing-overlay-view.tsx")).VanishingOverlay,
);
export const vanishStatus = lazyView(async () => (await import("./vanishing-status.tsx")).VanishStatus);
export const stepLine = lazyView(async () => (await import("./step-line.tsx")).StepLine);
