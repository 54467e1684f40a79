/**
 * Table of every keyboard shortcut; to rebind a key, change it here. `shortcuts.ts` binds these keys to
 * commands, and the help sheet, tooltips and menus show them. Keys of a group with a `scope` work only there
 * and take precedence over the page's: the page does not bind them, and the component of that scope calls
 * `commandIn` (`scoped-keys.ts`) to map a key press to one of its commands.
 *
 * Keys are written for tinykeys: `j`, `Shift+H`, `Alt+ArrowUp`, `$mod+z` (Ctrl, on a Mac ⌘). With Shift, use
 * a key's name (`Shift+BracketLeft`), which works on every keyboard layout. If a command has several keys,
 * the first is shown.
 */
const TABLE = [
  {
    title: "Slices and crosshair",
    entries: [
      { does: "previous, next slice", keys: { "slice-back": ["["], "slice-on": ["]"] } },
      {
        does: "ten slices",
        keys: { "ten-slices-back": ["Shift+BracketLeft"], "ten-slices-on": ["Shift+BracketRight"] },
      },
      {
        does: "crosshair by one voxel",
        keys: {
          "crosshair-left": ["ArrowLeft"],
          "crosshair-right": ["ArrowRight"],
          "crosshair-up": ["ArrowUp"],
          "crosshair-down": ["ArrowDown"],
        },
      },
      { does: "axial, coronal, sagittal", keys: { axial: ["1"], coronal: ["2"], sagittal: ["3"] } },
      { does: "crosshair", also: ["drag"] },
      { does: "slices", also: ["wheel"] },
    ],
  },
  {
    title: "Zoom and window",
    entries: [
      { does: "zoom", keys: { "zoom-in": ["+", "Shift++", "="], "zoom-out": ["-"] } },
      { does: "whole slice", keys: { whole: ["0"] } },
      { does: "one tile or pane alone, and back", also: ["double click", "double tap"] },
      { does: "zoom about the pointer", also: ["$mod+wheel", "pinch"] },
      { does: "pan", also: ["middle or Space drag", "two fingers"] },
      { does: "ruler: drag from point to point", keys: { ruler: ["d"] } },
      { does: "window and level of the image", also: ["right or Alt drag"] },
    ],
  },
  {
    title: "Regions",
    entries: [
      { does: "next, previous region", keys: { "region-next": ["j"], "region-before": ["k"] } },
      {
        does: "select several, in the list",
        also: ["$mod+click", "Shift+click", "Shift+ArrowUp", "Shift+ArrowDown", "$mod+a"],
      },
      {
        does: "crosshair to the centre of the selected region",
        keys: { "region-centre": ["c"] },
        also: ["double click its line"],
      },
      {
        does: "previous, next slice that has the selected regions",
        keys: { "region-slice-back": [","], "region-slice-on": ["."] },
      },
      {
        does: "previous, next component of the selected region",
        keys: { "component-before": ["Shift+Comma"], "component-next": ["Shift+Period"] },
      },
      { does: "solo the selected regions", keys: { solo: ["s"] } },
      { does: "hide or show them, hide the others", keys: { hide: ["h"], "hide-others": ["Shift+H"] } },
      { does: "show all regions", keys: { "show-all": ["a"] } },
      {
        does: "scroll the rows",
        keys: {
          "rows-page-up": ["PageUp"],
          "rows-page-down": ["PageDown"],
          "rows-first": ["Home"],
          "rows-last": ["End"],
        },
      },
      { does: "scroll the rows", also: ["Shift+wheel"] },
      {
        does: "next, previous component that vanishes",
        keys: { "vanishing-next": ["n"], "vanishing-before": ["Shift+N"] },
      },
      { does: "what the loss sees in one training patch", keys: { patch: ["l"] } },
      { does: "patch around the crosshair", keys: { "patch-here": ["Shift+L"] } },
      { does: "mark components that vanish, in the grid", keys: { "mark-vanishing": ["m"] } },
    ],
  },
  {
    title: "Editing",
    entries: [
      { does: "name of the selected region", keys: { rename: ["e"] } },
      { does: "new region", keys: { "new-region": ["Insert"] } },
      {
        does: "move it up, down in the list",
        keys: { "move-up": ["Alt+ArrowUp"], "move-down": ["Alt+ArrowDown"] },
        also: ["drag"],
      },
      {
        does: "move it to the top, to the end",
        keys: { "move-first": ["Alt+Home"], "move-last": ["Alt+End"] },
      },
      { does: "pick labels in the grid by click", keys: { pick: ["p"] } },
      { does: "undo, redo", keys: { undo: ["$mod+z"], redo: ["$mod+Shift+z", "$mod+y"] } },
      { does: "save dataset.json", keys: { save: ["$mod+s"] } },
    ],
  },
  {
    title: "Page",
    entries: [
      {
        does: "Grid, Planes, Lightbox, Compare, Round trip, Relations, Survival",
        keys: {
          grid: ["g"],
          planes: ["4"],
          lightbox: ["5"],
          compare: ["6"],
          "round-trip": ["t"],
          relations: ["r"],
          survival: ["v"],
        },
      },
      {
        does: "view before, view after",
        keys: { "view-before": ["Alt+ArrowLeft"], "view-after": ["Alt+ArrowRight"] },
      },
      { does: "open files, a folder", keys: { "open-files": ["o"], "open-folder": ["Shift+O"] } },
      { does: "bits of the voxel", keys: { bits: ["b"] } },
      { does: "frame times, over the grid", keys: { "frame-times": ["f"] } },
      { does: "end solo, then selection", keys: { escape: ["Escape"] } },
      { does: "this list", keys: { help: ["?", "Shift+?"] } },
    ],
  },
  {
    title: "3D, while it has the focus",
    scope: "solid",
    entries: [
      {
        does: "turn",
        keys: {
          "solid-turn-left": ["ArrowLeft"],
          "solid-turn-right": ["ArrowRight"],
          "solid-turn-up": ["ArrowUp"],
          "solid-turn-down": ["ArrowDown"],
        },
        also: ["drag"],
      },
      {
        does: "pan",
        keys: {
          "solid-pan-left": ["Shift+ArrowLeft"],
          "solid-pan-right": ["Shift+ArrowRight"],
          "solid-pan-up": ["Shift+ArrowUp"],
          "solid-pan-down": ["Shift+ArrowDown"],
        },
      },
      { does: "zoom", keys: { "solid-zoom-in": ["+", "Shift++", "="], "solid-zoom-out": ["-"] } },
      { does: "the whole case, pressed again the shown regions", keys: { "solid-whole": ["0"] } },
      { does: "crosshair to what is seen", also: ["click"] },
    ],
  },
  {
    title: "Ruler, while it is on or one is selected",
    scope: "ruler",
    entries: [
      { does: "start at the crosshair, end there", keys: { "ruler-mark": ["Enter"] } },
      { does: "cancel the line, then end", keys: { "ruler-end": ["Escape"] } },
      { does: "remove the selected ruler", keys: { "ruler-remove": ["Delete", "Backspace"] } },
    ],
  },
  {
    title: "Picking labels, while it is on",
    scope: "picking",
    entries: [
      { does: "add or take out the label at the crosshair", keys: { "pick-here": ["Enter"] } },
      { does: "end", keys: { "pick-end": ["Escape"] } },
    ],
  },
  {
    title: "List of regions, while it has the focus",
    scope: "region-list",
    entries: [{ does: "remove the selected region", keys: { "region-remove": ["Delete"] } }],
  },
] as const satisfies readonly KeyGroup[];

type Group = (typeof TABLE)[number];
type CommandsOf<G> = G extends { readonly entries: readonly (infer E)[] } ? KeysOf<E> : never;
type KeysOf<E> = E extends { readonly keys: infer K } ? keyof K : never;

/** Every command, on the page or in a scope. */
export type Command = CommandsOf<Group>;

/** Parts of the page that have keys of their own. */
export type Scope = Extract<Group, { readonly scope: string }>["scope"];

/** Commands of one scope. */
export type ScopedCommand<S extends Scope> = CommandsOf<Extract<Group, { readonly scope: S }>>;

/** Commands of the whole page. */
export type PageCommand = CommandsOf<Exclude<Group, { readonly scope: string }>>;

interface KeyEntry {
  readonly does: string;
  /** Keys by command, on the page or in the group's scope. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  /** Pointer actions, and conventional list keys: shown in the help but not bound here. */
  readonly also?: readonly string[];
}

interface KeyGroup {
  readonly title: string;
  /** Where the keys work; the whole page if undefined. */
  readonly scope?: string;
  readonly entries: readonly KeyEntry[];
}

export const KEY_GROUPS: readonly (KeyGroup & { readonly scope?: Scope })[] = TABLE;

function keysOf(groups: readonly KeyGroup[]): Readonly<Record<string, readonly string[]>> {
  return Object.assign({}, ...groups.flatMap(({ entries }) => entries.map(({ keys }) => keys)));
}

/** All keys by command. */
export const KEYS = keysOf(KEY_GROUPS) as Readonly<Record<Command, readonly string[]>>;

/** Commands whose keys work on the whole page. */
export const PAGE_COMMANDS = Object.keys(
  keysOf(KEY_GROUPS.filter(({ scope }) => scope === undefined)),
) as readonly PageCommand[];

/** Returns the commands whose keys work in a scope. */
export function commandsIn<S extends Scope>(scope: S): readonly ScopedCommand<S>[] {
  return Object.keys(keysOf(KEY_GROUPS.filter((group) => group.scope === scope))) as ScopedCommand<S>[];
}

/** Returns a command's key as printed in tooltips: "⇧ N". */
export function keyOf(command: Command): string {
  return printed(KEYS[command][0] ?? "");
}

/** Returns the printed form of every key and pointer action of an entry. */
export function capsOf({ keys, also }: KeyEntry): readonly string[] {
  const first = Object.values(keys ?? {}).map(([key]) => key ?? "");
  return [...first, ...(also ?? [])].map((key) => printed(key));
}

/** Same test for a Mac as in tinykeys. */
const ON_MAC = typeof navigator === "object" && /Mac|iPod|iPhone|iPad/.test(navigator.platform);

/** Formats a key for display: "Shift+BracketLeft" is "⇧ [", "$mod+z" is "Ctrl Z" or "⌘ Z". */
export function printed(keys: string, onMac = ON_MAC): string {
  const names = onMac ? MAC_NAMES : NAMES;
  return keys
    .split(/\b\+/)
    .map((part) => names[part] ?? part.replace(/^(Key|Digit)(?=.$)/, ""))
    .map((part) => (part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}

const NAMES: Readonly<Record<string, string>> = {
  $mod: "Ctrl",
  Control: "Ctrl",
  Shift: "⇧",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "Page ↑",
  PageDown: "Page ↓",
  BracketLeft: "[",
  BracketRight: "]",
  Comma: ",",
  Period: ".",
  Escape: "Esc",
  "-": "−",
};

const MAC_NAMES: Readonly<Record<string, string>> = {
  ...NAMES,
  $mod: "⌘",
  Meta: "⌘",
  Alt: "⌥",
  Control: "⌃",
};
