/** The application's root component: header, side panels, main view and dialogs. */
import { CSPProvider } from "@base-ui/react/csp-provider";
import { useEffect, useMemo, useState } from "react";
import { tinykeys } from "tinykeys";
import { useCommands } from "../app/commands/commands-context.ts";
import { labelMapDialog } from "../features/make-label-map/lazy.ts";
import { DropOverlay } from "../features/open/drop-overlay.tsx";
import { LoadingBar } from "../features/open/loading-bar.tsx";
import { Messages } from "../features/open/messages.tsx";
import { Welcome } from "../features/open/welcome.tsx";
import { ProbeBar } from "../features/probe/probe-bar.tsx";
import { RegionsPanel } from "../features/regions/regions-panel.tsx";
import type { AppState } from "../state/app-state.ts";
import { selectStoredCase } from "../state/case/stored-case.ts";
import { useStore } from "../state/store.ts";
import { FileInputs, usePickers } from "../ui/controls/file-inputs.tsx";
import { watchPresses } from "../ui/controls/presses.ts";
import { keepHistoryInField } from "../ui/controls/text-history.ts";
import { useFocusHandoff } from "../ui/controls/use-focus-handoff.ts";
import { SidePanel } from "../ui/panels/side-panel.tsx";
import { useRenderStep } from "../ui/panels/use-progressive-list.ts";
import { Header } from "./header.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import {
  announcer,
  caseChooser,
  findingsPanel,
  labelsOrImage,
  timingPanel,
  unsavedDialog,
} from "./lazy-views.tsx";
import { ActiveView } from "./main-view.tsx";
import { PanelToggle } from "./panel-toggle.tsx";
import { keyBindings } from "./shortcuts.ts";

/** The page's policy allows no style elements; the rules that the library would add are in `base.css`. */
export function App() {
  return (
    <CSPProvider disableStyleElements>
      <FileInputs>
        <Page />
      </FileInputs>
    </CSPProvider>
  );
}

function Page() {
  const commands = useCommands();
  const pickers = usePickers();
  const hasCase = useStore((s) => s.openCase !== null);
  const hasDefinition = useStore((s) => s.definition !== null);
  const activeView = useStore((s) => s.activeView);
  const step = useRenderStep(hasCase || hasDefinition, 4);
  const source = useStore((s) => selectStoredCase(s)?.source ?? null);
  const focusHandoff = useFocusHandoff(
    hasCase || hasDefinition ? (step >= 1 ? activeView : "none yet") : "welcome",
    source,
  );
  const panels = useStore((s) => s.panels);
  const [help, setHelp] = useState(false);
  const bindings = useMemo(
    () => keyBindings(commands, { ...pickers, help: () => setHelp(true) }),
    [commands, pickers],
  );
  // The bindings themselves leave fields alone. By default, tinykeys also ignores repeats of a held key.
  useEffect(() => tinykeys(window, bindings, { ignore: () => false }), [bindings]);
  useEffect(keepHistoryInField, []);
  useEffect(watchPresses, []);

  return (
    <div className="page" {...focusHandoff}>
      <Header onHelp={() => setHelp(true)} />
      <LoadingBar />
      {hasCase || hasDefinition ? (
        <div className="columns">
          {/* The panels mount together with the main view, because their borders divide one space. */}
          {panels.left && step >= 1 ? (
            <SidePanel side="left" label="Regions and findings">
              {step >= 2 ? <RegionsPanel /> : null}
              {step >= 3 ? <findingsPanel.View /> : null}
            </SidePanel>
          ) : null}
          {step >= 1 ? <ActiveView /> : null}
          {hasCase && step >= 1 ? (
            <>
              {/* Another element when open, so that none moves. */}
              <SidePanel
                key={panels.right ? "open" : "closed"}
                side="right"
                label="Measurements"
                open={panels.right}
              >
                {step >= 4 ? <timingPanel.View /> : null}
              </SidePanel>
              <PanelToggle side="right" />
            </>
          ) : null}
        </div>
      ) : (
        <>
          <Welcome />
          <Messages />
        </>
      )}
      <ProbeBar />
      <HelpDialog open={help} onOpenChange={setHelp} />
      <OnceWanted when={isChoosing} part={caseChooser} />
      <OnceWanted when={hasLabelMap} part={labelMapDialog} />
      <OnceWanted when={isAsked} part={labelsOrImage} />
      <OnceWanted when={isUnsaved} part={unsavedDialog} />
      <DropOverlay />
      {/* Present and empty from the start: screen readers announce only changes in it. */}
      <p className="visually-hidden" aria-live="polite" aria-atomic="true" data-announcer>
        <announcer.View />
      </p>
    </div>
  );
}

const isChoosing = (s: AppState) => s.caseChoice !== null;
const isAsked = (s: AppState) => s.imageQuestion !== null;
const isUnsaved = (s: AppState) => s.unsavedQuestion !== null;
const hasLabelMap = (s: AppState) => s.labelMap !== null;

interface WantedProps {
  readonly when: (s: AppState) => boolean;
  readonly part: typeof caseChooser;
}

/** A dialog whose script loads when it first opens. It stays, so that closing it returns the focus. */
function OnceWanted({ when, part: { View, fetch } }: WantedProps) {
  const isWanted = useStore(when);
  const [wasWanted, setWasWanted] = useState(isWanted);
  if (isWanted && !wasWanted) setWasWanted(true);
  // A script that did not load is tried again only when its part mounts, and this one stays.
  useEffect(() => {
    if (isWanted) fetch();
  }, [isWanted, fetch]);
  return wasWanted ? <View /> : null;
}
