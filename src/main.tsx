import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { CommandsContext } from "./app/commands-context.ts";
import { connect } from "./app/connect.ts";
import { regionColor } from "./state/region-colors.ts";
import { App } from "./ui/app.tsx";
import { fetchLaterViews } from "./ui/later-views.tsx";
import { followUrl } from "./ui/url-sync.ts";
import "./ui/css/index.css";

/** More regions than most datasets have. */
const FIRST_COLORS = 48;

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");

const { commands } = connect();
createRoot(root).render(
  <StrictMode>
    <CommandsContext value={commands}>
      <App />
    </CommandsContext>
  </StrictMode>,
);
followUrl(commands);
requestIdleCallback(fetchLaterViews);
// Telling colours apart takes a while: done ahead, when nobody waits for it.
requestIdleCallback(() => regionColor(FIRST_COLORS - 1));
