/**
 * Light and dark. `public/theme.js` decides which of them the page has; here is the choice, and what follows
 * it.
 */
import { useSyncExternalStore } from "react";
import { remember } from "../../base/preferences.ts";

type ThemeChoice = "system" | "light" | "dark";

const root = document.documentElement;

export function chooseTheme(choice: ThemeChoice): void {
  root.dataset.themeChoice = choice;
  dispatchEvent(new Event("themechoice"));
  // public/theme.js recalls it.
  remember("theme", choice);
}

function themeChoice(): ThemeChoice {
  const choice = root.dataset.themeChoice;
  return choice === "light" || choice === "dark" ? choice : "system";
}

/** For what is drawn with colours of its own accord: canvases. Stylesheets follow by themselves. */
export function useTheme(): string {
  return useSyncExternalStore(subscribe, () => root.dataset.theme ?? "dark");
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, themeChoice);
}

/** The attributes hold the state: whoever changes them is heard. */
function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(root, { attributeFilter: ["data-theme", "data-theme-choice"] });
  return () => observer.disconnect();
}
