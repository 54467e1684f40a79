/** Follows the store and announces what changed once it has settled. */
import type { Finding } from "../../domain/findings/finding.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectFindings } from "../../state/case/finding-selectors.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import { useStatus } from "../../state/status.ts";
import { useStore } from "../../state/store.ts";
import {
  clipText,
  editText,
  findingsText,
  gpuText,
  gridText,
  interpolatedText,
  openedText,
  placeText,
  planeText,
  selectedText,
  shownText,
  targetsText,
  viewText,
} from "./text.ts";

/** Held keys change the state faster than anyone could listen, so only the final state is announced. */
const STILL_MS = 350;

const FOLLOWED = [
  "openCase",
  "definition",
  "regionVoxels",
  "undoable",
  "redoable",
  "activeView",
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
  "survivalPart",
  "placeStep",
  "camera",
  "patchSettings",
  "pooling",
  "patchShares",
] as const as readonly (keyof AppState)[];

/** @returns a function that stops announcing */
export function announceChanges(announce: (sentence: string) => void): () => void {
  // This script loads late, so anything opened before must still be announced.
  let lastState = isOther(useStore.getInitialState(), useStore.getState())
    ? useStore.getInitialState()
    : useStore.getState();
  let announcedFindings = selectFindings(lastState);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let byKeyboard = true;

  const look = () => {
    const s = useStore.getState();
    const settled = s.loading === null && s.busy === 0;
    const opened = isOther(lastState, s);
    // Waits until all findings are known, because they are announced together with the opened case.
    if (opened && !settled) return wait();
    const before = lastState;
    lastState = s;
    const sentences: (string | null)[] = [];
    if (opened) {
      announcedFindings = selectFindings(s);
      sentences.push(s.openCase || s.definition ? openedText(s) : "Nothing is open.");
    } else {
      sentences.push(...changes(before, s, byKeyboard));
      if (settled) {
        const findings = findingsIn(s, announcedFindings);
        sentences.push(findingsText(announcedFindings, findings));
        announcedFindings = findings;
      }
    }
    const said = sentences.filter((sentence) => sentence !== null);
    if (said.length > 0) announce(said.join(" "));
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(look, STILL_MS);
  };
  const unsubscribe = useStore.subscribe((s, before) => {
    if (FOLLOWED.some((key) => s[key] !== before[key])) wait();
  });
  if (lastState !== useStore.getState()) wait();
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

/** Whether regions vanish is not known while shares of patches are computed, so what was said of it stays. */
function findingsIn(s: AppState, announced: readonly Finding[]): readonly Finding[] {
  const findings = selectFindings(s);
  if (s.patchSharesProgress === null) return findings;
  return [...findings, ...announced.filter(({ code }) => code === "region-vanishes")];
}

/** True for another case or, if there is no case, a definition that was opened or closed. */
function isOther(before: AppState, s: AppState): boolean {
  const [old, now] = [selectStoredCase(before), selectStoredCase(s)];
  if (old !== now) return old?.source !== now?.source;
  return s.openCase === null && (before.definition === null) !== (s.definition === null);
}

/**
 * Returns everything but findings. Announces positions only for keyboard navigation; pointer users already
 * see them.
 */
function changes(before: AppState, s: AppState, byKeyboard: boolean): (string | null)[] {
  const inSight = (["hidden", "solo", "soloMore"] as const).some((key) => before[key] !== s[key]);
  const { activeElement } = document;
  const said = activeElement?.matches("input[type=range], [role=slider]") ?? false;
  // A selected radio button announces itself.
  const chosen = activeElement?.matches("input[type=radio]") ?? false;
  const moved = before.view.voxel.some((at, axis) => at !== s.view.voxel[axis]);
  // The line about a component or place announces the position and region of a step.
  const stepped =
    (before.survivalStep !== s.survivalStep && s.survivalStep?.kind === "at") ||
    (before.placeStep !== s.placeStep && s.placeStep?.kind === "at");
  const selected = before.selectedRegion !== s.selectedRegion || before.selectedMore !== s.selectedMore;
  const gridded = gridText(before, s);
  return [
    gpuText(before, s),
    gridded,
    (before.activeView !== s.activeView || before.survivalPart !== s.survivalPart) && !chosen
      ? viewText(s)
      : null,
    // The status line announces a save or a repair.
    useStatus.getState().status?.definition === s.definition ? null : editText(before, s),
    selected && !stepped ? selectedText(s) : null,
    inSight ? shownText(s) : null,
    before.patchSettings !== s.patchSettings || before.pooling !== s.pooling ? targetsText(s) : null,
    byKeyboard && !chosen && before.view.plane !== s.view.plane ? planeText(s) : null,
    // The checkbox announces itself.
    byKeyboard && before.view.interpolated !== s.view.interpolated && !activeElement?.matches("input")
      ? interpolatedText(s)
      : null,
    // A button of the orientation cube announces itself.
    byKeyboard && !activeElement?.matches("button") ? clipText(before, s) : null,
    byKeyboard && moved && !stepped && !gridded ? placeText(before, s, said) : null,
  ];
}
