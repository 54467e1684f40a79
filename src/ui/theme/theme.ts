/**
 * Light and dark theme: the user's choice and hooks that follow it. `public/theme.js` decides which theme the
 * page has.
 */
import { useSyncExternalStore } from "react";
import { setPreference } from "../../base/preferences.ts";

type ThemeChoice = "system" | "light" | "dark";

const root = document.documentElement;

export function chooseTheme(choice: ThemeChoice): void {
  root.dataset.themeChoice = choice;
  dispatchEvent(new Event("themechoice"));
  // public/theme.js reads it.
  setPreference("theme", choice);
}

function themeChoice(): ThemeChoice {
  const choice = root.dataset.themeChoice;
  return choice === "light" || choice === "dark" ? choice : "system";
}

/** For canvases, which draw with colours from the tokens. Stylesheets follow the theme by themselves. */
export function useTheme(): string {
  return useSyncExternalStore(subscribe, () => root.dataset.theme ?? "dark");
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, themeChoice);
}

/** The attributes hold the state, so this notices every change, whoever makes it. */
function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(root, { attributeFilter: ["data-theme", "data-theme-choice"] });
  return () => observer.disconnect();
}
