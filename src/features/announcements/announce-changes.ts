/** Follows the store and says what changed, once it stands still. */
import type { AppState } from "../../state/app-state.ts";
import { selectFindings } from "../../state/case/finding-selectors.ts";
import { useStatus } from "../../state/status.ts";
import { useStore } from "../../state/store.ts";
import {
  editText,
  findingsText,
  gpuText,
  openedText,
  placeText,
  planeText,
  selectedText,
  shownText,
  solidText,
  targetsText,
  viewText,
} from "./text.ts";

/** Keys that are held move on faster than anyone could listen: only where they end is said. */
const STILL_MS = 350;

const FOLLOWED = [
  "openCase",
  "definition",
  "regionVoxels",
  "undoable",
  "redoable",
  "centre",
  "view",
  "selectedRegion",
  "selectedMore",
  "hidden",
  "solo",
  "soloMore",
  "gpu",
  "loading",
  "busy",
  "survivalStep",
  "camera",
  "patchWish",
  "pooling",
] as const as readonly (keyof AppState)[];

/** @returns ends it */
export function followChanges(say: (sentence: string) => void): () => void {
  // This part of the page comes late: what was opened before it is still to be said.
  let told = isOther(useStore.getInitialState(), useStore.getState())
    ? useStore.getInitialState()
    : useStore.getState();
  let toldFindings = selectFindings(told);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let byKeyboard = true;

  const look = () => {
    const s = useStore.getState();
    const settled = s.loading === null && s.busy === 0;
    const opened = isOther(told, s);
    // What is opened is said with what was found in it, which is known last.
    if (opened && !settled) return wait();
    const before = told;
    told = s;
    const sentences: (string | null)[] = [];
    if (opened) {
      toldFindings = selectFindings(s);
      sentences.push(s.openCase || s.definition ? openedText(s) : "Nothing is open.");
    } else {
      sentences.push(...changes(before, s, byKeyboard));
      if (settled) {
        const findings = selectFindings(s);
        sentences.push(findingsText(toldFindings, findings));
        toldFindings = findings;
      }
    }
    const said = sentences.filter((sentence) => sentence !== null);
    if (said.length > 0) say(said.join(" "));
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(look, STILL_MS);
  };
  const unsubscribe = useStore.subscribe((s, before) => {
    if (FOLLOWED.some((key) => s[key] !== before[key])) wait();
  });
  if (told !== useStore.getState()) wait();
  const listening = new AbortController();
  const on = { capture: true, signal: listening.signal };
  window.addEventListener("keydown", () => (byKeyboard = true), on);
  for (const type of ["pointerdown", "wheel"]) {
    window.addEventListener(type, () => (byKeyboard = false), { ...on, passive: true });
  }
  return () => {
    clearTimeout(timer);
    unsubscribe();
    listening.abort();
  };
}

/** Another case, or where there is none another definition that no edit made. */
function isOther(before: AppState, s: AppState): boolean {
  if (before.openCase !== s.openCase) return before.openCase?.source !== s.openCase?.source;
  return s.openCase === null && (before.definition === null) !== (s.definition === null);
}

/** All but findings. Who points at a picture sees what is there: places are said to those who use keys. */
function changes(before: AppState, s: AppState, byKeyboard: boolean): (string | null)[] {
  const inSight = (["hidden", "solo", "soloMore"] as const).some((key) => before[key] !== s[key]);
  const { activeElement } = document;
  const said = activeElement?.matches("input[type=range], [role=slider]") ?? false;
  // A radio button that is chosen says itself.
  const chosen = activeElement?.matches("input[type=radio]") ?? false;
  const moved = before.view.voxel.some((at, axis) => at !== s.view.voxel[axis]);
  // The line about a component says where it went, and of which region.
  const stepped = before.survivalStep !== s.survivalStep && s.survivalStep?.kind === "at";
  const selected = before.selectedRegion !== s.selectedRegion || before.selectedMore !== s.selectedMore;
  return [
    gpuText(before, s),
    before.centre !== s.centre && !chosen ? viewText(s) : null,
    // A save or a repair has a line of its own that says it.
    useStatus.getState().status?.definition === s.definition ? null : editText(before, s),
    selected && !stepped ? selectedText(s) : null,
    inSight ? shownText(s) : null,
    before.patchWish !== s.patchWish || before.pooling !== s.pooling ? targetsText(s) : null,
    byKeyboard && !chosen && before.view.plane !== s.view.plane ? planeText(s) : null,
    // A button of the cube says itself.
    byKeyboard && !activeElement?.matches("button") ? solidText(before, s) : null,
    byKeyboard && moved && !stepped ? placeText(before, s, said) : null,
  ];
}
