import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { CommandsContext } from "./app/commands-context.ts";
import { connect } from "./app/connect.ts";
import { App } from "./ui/app.tsx";
import { followUrl } from "./ui/url-sync.ts";
import "./ui/css/index.css";

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
