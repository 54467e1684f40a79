/** Edits of the selected region that buttons, keys and the pointer share. */
import { busyWhile } from "../../app/busy.ts";
import type { Commands } from "../../app/commands/commands.ts";
import { plural, pluralForm } from "../../base/format-numbers.ts";
import { freeName, regionEntry } from "../../domain/dataset/label-entry-index.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { showStatus } from "../../state/status.ts";
import { useStore } from "../../state/store.ts";
import { type EditedRegion, selectEditedRegion } from "./edit-selectors.ts";
import { openCard, useEditor, wantName } from "./editor-state.ts";

const NO_LABELS: readonly number[] = [];

/** Adds a region, without labels unless some are given, and asks for its name. */
export function addRegion(
  commands: Commands,
  { name: wanted = "new region", labels = NO_LABELS } = {},
): void {
  const state = useStore.getState();
  const taken = [
    ...selectRegionRows(state).map((row) => row.name),
    ...(state.definition?.labels.map((entry) => entry.name) ?? []),
  ];
  const name = freeName(taken, wanted);
  commands.editDefinition({ kind: "add", name, labels }, () => {
    const { definition } = useStore.getState();
    if (!definition || !regionEntry(definition, name)) return;
    selectRegion(name);
    wantName("all");
  });
}

/** Removes the selected region and selects the next one. */
export function removeSelected(commands: Commands): void {
  const region = selectEditedRegion(useStore.getState());
  if (region?.entry) removeRegion(commands, region);
}

export function removeRegion(commands: Commands, { name, entry }: EditedRegion): void {
  if (!entry) return;
  const rows = selectRegionRows(useStore.getState());
  const at = rows.findIndex((row) => row.name === name);
  const next = rows[at + 1] ?? rows[at - 1];
  commands.editDefinition({ kind: "remove", index: entry.index }, () => {
    if (next) selectRegion(next.name);
  });
}

/** Moves the selected region by up to this many places; it stays selected. */
export function moveSelected(commands: Commands, by: number): void {
  const state = useStore.getState();
  if (!selectEditedRegion(state)?.movable) return;
  const rows = selectRegionRows(state);
  const at = rows.findIndex((row) => row.name === state.selectedRegion);
  const last = rows.findLastIndex((row) => !row.ignore);
  moveRegion(commands, at, Math.max(0, Math.min(last, at + by)));
}

/** Moves the region of one channel to another's place; the channel of the ignore label stays last. */
export function moveRegion(commands: Commands, from: number, to: number): void {
  const state = useStore.getState();
  const { definition } = state;
  const rows = selectRegionRows(state);
  const [moved, replaced] = [rows[from], rows[to]];
  if (!definition || !moved || !replaced || moved === replaced || replaced.ignore) return;
  const entry = regionEntry(definition, moved.name);
  const place = regionEntry(definition, replaced.name);
  if (entry && place) commands.editDefinition({ kind: "move", from: entry.place, to: place.place });
}

/**
 * Starts or ends picking labels for the selected region. Picking that started without its card would wait for
 * the next region that has one, and edit that.
 */
export function togglePicking(): void {
  const state = useStore.getState();
  if (!selectEditedRegion(state)?.entry || state.openCase?.source.kind !== "labels") return;
  openCard();
  useEditor.setState(({ picking }) => ({ picking: !picking }));
}

/** Adds a label to the selected region, or removes it if the region has it. Returns what it did. */
export function toggleLabel(commands: Commands, label: number): "added" | "removed" | null {
  const region = selectEditedRegion(useStore.getState());
  if (!region?.entry) return null;
  const { index, labels } = region.entry;
  const held = labels.includes(label);
  commands.editDefinition({ kind: held ? "remove-label" : "add-label", index, label });
  return held ? "removed" : "added";
}

/** A page is not told the folder that the browser saves to. */
const SAVED = "Saved dataset.json to the browser's downloads";

/** Saves dataset.json and reports the errors that remain in it. */
export function save(commands: Commands): void {
  commands.saveDefinition();
  announceErrors().catch(() => showStatus(`${SAVED}.`));
}

/** Imports the rules here, because their script is only fetched with the findings panel. */
async function announceErrors(): Promise<void> {
  const { selectFindings } = await busyWhile(() => import("../../state/case/finding-selectors.ts"));
  const findings = selectFindings(useStore.getState());
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  const [first] = errors;
  if (first) showStatus(`${SAVED}, but ${remaining(errors.length, "error")}: ${first.title}.`);
  else showStatus(`${SAVED}. No errors${warnings === 0 ? "" : `, ${remaining(warnings, "warning")}`}.`);
}

function remaining(count: number, what: string): string {
  return `${plural(count, what)} ${pluralForm(count, "remains", "remain")}`;
}
