/** Tests what the page's keys do, using the handlers that tinykeys receives. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Commands } from "../app/commands/commands.ts";
import { IN_NO_REGION } from "../domain/dataset/region-set.ts";
import { definitionOf, volumeOf } from "../domain/testing/small-case.ts";
import { useEditor } from "../features/definition/editor-state.ts";
import { caseClosed, caseOpened } from "../state/actions/case-actions.ts";
import { toggleSelected } from "../state/actions/region-list-actions.ts";
import { selectRegion } from "../state/actions/view-actions.ts";
import { useKeyNote } from "../state/key-note.ts";
import { useStore } from "../state/store.ts";
import { caseOf } from "../state/testing/test-case.ts";
import { KEYS, type PageCommand } from "../ui/keys.ts";
import { keyBindings } from "./shortcuts.ts";

/** Stands for focus on the page itself. */
class Focused {}

beforeEach(() => {
  vi.stubGlobal("HTMLElement", Focused);
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 4], [0, 1, 2, 3])),
    definition: definitionOf({ background: 0, a: 1, b: 2, c: 3 }, null),
    plans: null,
    notices: [],
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  caseClosed();
});

const dialogs = { pickFiles: vi.fn(), pickFolder: vi.fn(), help: vi.fn() };

/** Presses a command's first key; returns the calls it made on the commands. */
function press(command: PageCommand) {
  const calls: [string, ...unknown[]][] = [];
  const commands = new Proxy({} as Commands, {
    get:
      (_, name) =>
      (...given: unknown[]) => {
        calls.push([String(name), ...given]);
      },
  });
  const prevented = vi.fn();
  const event = { target: null, preventDefault: prevented } as unknown as KeyboardEvent;
  keyBindings(commands, dialogs)[KEYS[command][0] ?? ""]?.(event);
  expect(prevented).toHaveBeenCalledOnce();
  return calls;
}

test.each([
  ["slice-back", ["stepSlice", -1]],
  ["slice-on", ["stepSlice", 1]],
  ["ten-slices-back", ["stepSlice", -10]],
  ["ten-slices-on", ["stepSlice", 10]],
  ["component-before", ["stepComponent", -1]],
  ["component-next", ["stepComponent", 1]],
  ["vanishing-before", ["stepVanishing", -1]],
  ["vanishing-next", ["stepVanishing", 1]],
  ["change-before", ["stepPlace", -1]],
  ["change-next", ["stepPlace", 1]],
  ["axial", ["setPlane", "axial"]],
  ["coronal", ["setPlane", "coronal"]],
  ["sagittal", ["setPlane", "sagittal"]],
  ["patch-here", ["centrePatch"]],
] as const)("%s is %j", (command, call) => {
  selectRegion("a");
  expect(press(command)).toEqual([call]);
});

test("keys step through the regions in the order of the list, and stop at its ends", () => {
  const seen = (["region-next", "region-next", "region-next", "region-next"] as const).map((command) => {
    press(command);
    return useStore.getState().selectedRegion;
  });
  expect(seen).toEqual(["a", "b", "c", "c"]);
  press("region-before");
  expect(useStore.getState().selectedRegion).toBe("b");
  press("escape");
  expect(useStore.getState().selectedRegion).toBeNull();
});

test("Escape shows all panes, then leaves solo mode, then clears the selection", () => {
  useStore.setState({ activeView: "planes", maximised: "axial", solo: "a", selectedRegion: "b" });
  const left = () => {
    press("escape");
    const { maximised, solo, selectedRegion } = useStore.getState();
    return [maximised, solo, selectedRegion];
  };
  expect([left(), left(), left()]).toEqual([
    [null, "a", "b"],
    [null, null, "b"],
    [null, null, null],
  ]);
  // A pane that is not in sight stays maximised.
  useStore.setState({ activeView: "grid", maximised: "axial", solo: "a" });
  expect(left().slice(0, 2)).toEqual(["axial", null]);
  useStore.setState({ maximised: null });
});

test("Escape first ends stepping, with the line about it", () => {
  const gap = { kind: "none", filter: { kind: "gap", region: null }, why: "There is none." } as const;
  const left = () => {
    press("escape");
    const { placeStep, survivalStep, selectedRegion } = useStore.getState();
    return [placeStep, survivalStep, selectedRegion];
  };
  useStore.setState({ placeStep: gap, selectedRegion: "b" });
  expect([left(), left()]).toEqual([
    [null, null, "b"],
    [null, null, null],
  ]);
  const at = { kind: "at", place: { region: "b", component: 0 } } as const;
  for (const survivalStep of [at, { kind: "none" }, { kind: "pending", by: 1 }] as const) {
    useStore.setState({ survivalStep, selectedRegion: "b" });
    expect(left()).toEqual([null, null, "b"]);
  }
  // The line about a component is not in sight while another region is selected.
  useStore.setState({ survivalStep: at, selectedRegion: "a" });
  expect(left()).toEqual([null, at, null]);
});

test("a key interpolates the image, if there is one", () => {
  const volume = volumeOf([1, 1, 4], [0, 1, 2, 3]);
  const isOn = () => useStore.getState().view.interpolated;
  press("interpolate");
  expect(isOn()).toBe(false);
  const image = { grid: volume.grid, data: Float32Array.of(0, 1, 2, 3), min: 0, max: 3 };
  caseOpened({ openCase: caseOf(volume, { image }), definition: null, plans: null, notices: [] });
  press("interpolate");
  expect(isOn()).toBe(true);
  press("interpolate");
  expect(isOn()).toBe(false);
});

test.each([
  ["planes", "planes"],
  ["lightbox", "lightbox"],
  ["compare", "compare"],
  ["round-trip", "round-trip"],
  ["relations", "relations"],
  ["survival", "survival"],
  ["grid", "grid"],
] as const)("%s shows that view", (command, view) => {
  press(command);
  expect(useStore.getState().activeView).toBe(view);
});

test("a key opens what resampling changed", () => {
  press("resampling");
  expect(useStore.getState()).toMatchObject({ activeView: "survival", survivalPart: "resampling" });
});

test("keys zoom in, out and back to the whole slice", () => {
  const zoom = () => useStore.getState().view.zoom;
  const whole = zoom();
  press("zoom-in");
  expect(zoom()).toBeCloseTo(1.25 * whole);
  press("zoom-out");
  expect(zoom()).toBeCloseTo(whole);
  press("zoom-in");
  press("whole");
  expect(zoom()).toBe(whole);
});

test("keys that need a selection say so, and select and change nothing", () => {
  const sentence = () => useKeyNote.getState().note?.sentence;
  const before = useStore.getState();
  for (const [command, key] of [
    ["rename", "E"],
    ["solo", "S"],
    ["hide", "H"],
    ["hide-others", "⇧ H"],
    ["region-centre", "C"],
    ["region-slice-back", ","],
    ["region-slice-on", "."],
    ["component-before", "⇧ ,"],
    ["component-next", "⇧ ."],
    ["move-up", "Alt ↑"],
    ["move-down", "Alt ↓"],
    ["move-first", "Alt Home"],
    ["move-last", "Alt End"],
    ["pick", "P"],
  ] as const) {
    expect(press(command)).toEqual([]);
    expect(sentence()).toBe(`${key} needs a selected region: click its row, or press J.`);
    expect(useStore.getState()).toBe(before);
    expect(useEditor.getState()).toMatchObject({ nameWanted: null, picking: false });
  }
  press("region-next");
  press("rename");
  expect(useStore.getState().selectedRegion).toBe("a");
  expect(useEditor.getState().nameWanted).toBe("end");
});

test("keys for one region say so while several are selected", () => {
  selectRegion("a");
  toggleSelected("b");
  useEditor.setState({ nameWanted: null });
  for (const [command, key] of [
    ["rename", "E"],
    ["move-up", "Alt ↑"],
    ["pick", "P"],
  ] as const) {
    expect(press(command)).toEqual([]);
    expect(useKeyNote.getState().note?.sentence).toBe(
      `${key} is for one region: click the row of the one you mean.`,
    );
  }
  expect(useEditor.getState()).toMatchObject({ nameWanted: null, picking: false });
});

test("a key starts picking and ends it, with the card open", () => {
  selectRegion("a");
  useEditor.setState({ cardOpen: false });
  press("pick");
  expect(useEditor.getState()).toMatchObject({ picking: true, cardOpen: true });
  press("pick");
  expect(useEditor.getState().picking).toBe(false);
});

test("keys for a region say that labels in no region are none, and are for those otherwise", () => {
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 4], [0, 1, 2, 7])),
    definition: definitionOf({ background: 0, a: 1, b: 2 }, null),
    plans: null,
    notices: [],
  });
  selectRegion(IN_NO_REGION);
  useEditor.setState({ nameWanted: null });
  for (const command of ["rename", "component-next", "move-up", "pick"] as const) {
    useKeyNote.setState({ note: null });
    expect(press(command)).toEqual([]);
    expect(useKeyNote.getState().note?.sentence).toMatch(/needs a selected region/);
  }
  expect(useEditor.getState()).toMatchObject({ nameWanted: null, picking: false });
  press("hide");
  expect(useStore.getState().hidden).toEqual(new Set([IN_NO_REGION]));
});

test("without regions such keys say nothing", () => {
  caseClosed();
  useKeyNote.setState({ note: null });
  press("rename");
  expect(useKeyNote.getState().note).toBeNull();
});
