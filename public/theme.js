/*
 * Which theme the page has, before anything is painted: that is why it is a script of its own.
 * `data-theme-choice` is what was asked for (src/ui/theme/theme.ts sets it), `data-theme` what follows from
 * it.
 */
{
  const root = document.documentElement;
  const systemIsLight = matchMedia("(prefers-color-scheme: light)");
  const apply = () => {
    const { themeChoice } = root.dataset;
    const chosen = themeChoice === "light" || themeChoice === "dark";
    root.dataset.theme = chosen ? themeChoice : systemIsLight.matches ? "light" : "dark";
  };
  try {
    root.dataset.themeChoice = localStorage.getItem("regionscope.theme") ?? "system";
  } catch {
    // Storage is switched off: the system's choice holds.
  }
  apply();
  systemIsLight.addEventListener("change", apply);
  addEventListener("themechoice", apply);
}
