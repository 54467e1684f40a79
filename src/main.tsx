/** Starts the page, with or without its interface. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { CommandsContext } from "./app/commands/commands-context.ts";
import { workOffline } from "./app/offline.ts";
import { regionColor } from "./domain/colors/region-colors.ts";
import { followUrl } from "./shell/address.ts";
import { App } from "./shell/app.tsx";
import { prefetchLazyViews } from "./shell/lazy-views.tsx";
import { connect } from "./shell/start.ts";
import { isUnattended, workUnattended } from "./shell/unattended.ts";
import "./shell/index.css";

/** More regions than most datasets have. */
const FIRST_COLORS = 48;

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");

if (isUnattended()) workUnattended(root);
else start(root);

function start(element: HTMLElement): void {
  const { commands } = connect();
  createRoot(element).render(
    <StrictMode>
      <CommandsContext value={commands}>
        <App />
      </CommandsContext>
    </StrictMode>,
  );
  followUrl(commands);
  requestIdleCallback(() => {
    prefetchLazyViews();
    workOffline();
  });
  // Finding distinct colours takes a while, so it is done in advance while the page is idle.
  requestIdleCallback(() => regionColor(FIRST_COLORS - 1));
}
