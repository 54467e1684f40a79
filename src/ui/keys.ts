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
      {
        does: "Previous/next slice (next is towards S, A, R)",
        keys: { "slice-back": ["["], "slice-on": ["]"] },
      },
      {
        does: "Ten slices back/forward",
        keys: { "ten-slices-back": ["Shift+BracketLeft"], "ten-slices-on": ["Shift+BracketRight"] },
      },
      {
        does: "Move crosshair by one voxel",
        keys: {
          "crosshair-left": ["ArrowLeft"],
          "crosshair-right": ["ArrowRight"],
          "crosshair-up": ["ArrowUp"],
          "crosshair-down": ["ArrowDown"],
        },
      },
      { does: "Axial, coronal, sagittal plane", keys: { axial: ["1"], coronal: ["2"], sagittal: ["3"] } },
      { does: "Move crosshair", also: ["click", "drag", "Shift+move"] },
      { does: "Change slice; in the Lightbox, scroll the tiles", also: ["wheel"] },
    ],
  },
  {
    title: "Zoom and window",
    entries: [
      { does: "Zoom in/out", keys: { "zoom-in": ["+", "Shift++", "="], "zoom-out": ["-"] } },
      { does: "Show whole slice", keys: { whole: ["0"] } },
      { does: "Maximise tile or pane (again to restore)", also: ["double click", "double tap"] },
      { does: "Zoom at the pointer", also: ["$mod+wheel", "pinch"] },
      { does: "Pan", also: ["middle or Space drag", "two fingers"] },
      { does: "Ruler: drag from point to point", keys: { ruler: ["d"] } },
      { does: "Change window and level", also: ["right or Alt drag"] },
      { does: "Interpolate the image between voxels", keys: { interpolate: ["i"] } },
    ],
  },
  {
    title: "Regions",
    entries: [
      { does: "Select the region in front; again for the one behind it", also: ["click in a picture"] },
      { does: "Next/previous region", keys: { "region-next": ["j"], "region-before": ["k"] } },
      // A slash is typed with Shift on many keyboards.
      { does: "Search regions or labels", keys: { search: ["/", "Shift+/"] } },
      { does: "Select the best match of the search, then the next", also: ["Enter"] },
      { does: "Clear the search, then leave it", also: ["Escape"] },
      {
        does: "Select several in the list",
        also: ["$mod+click", "Shift+click", "Shift+ArrowUp", "Shift+ArrowDown", "$mod+a"],
      },
      {
        does: "Move crosshair to the selected region's centre",
        keys: { "region-centre": ["c"] },
        also: ["double-click its row"],
      },
      {
        does: "Previous/next slice containing the selected regions",
        keys: { "region-slice-back": [","], "region-slice-on": ["."] },
      },
      {
        does: "Previous/next component of the selected region",
        keys: { "component-before": ["Shift+Comma"], "component-next": ["Shift+Period"] },
      },
      { does: "Solo: show only the selected regions", keys: { solo: ["s"] } },
      {
        does: "Hide/show the selected regions, hide the others",
        keys: { hide: ["h"], "hide-others": ["Shift+H"] },
      },
      { does: "Show all regions", keys: { "show-all": ["a"] } },
      {
        does: "Scroll the rows",
        keys: {
          "rows-page-up": ["PageUp"],
          "rows-page-down": ["PageDown"],
          "rows-first": ["Home"],
          "rows-last": ["End"],
        },
      },
      { does: "Scroll the rows of the grid or the Lightbox", also: ["Shift+wheel"] },
      {
        does: "Next/previous component with no voxel at a scale",
        keys: { "vanishing-next": ["n"], "vanishing-before": ["Shift+N"] },
      },
      {
        does: "Next/previous place that resampling changed",
        keys: { "change-next": ["u"], "change-before": ["Shift+U"] },
      },
      { does: "Show what the loss sees in one training patch", keys: { patch: ["l"] } },
      { does: "Centre the patch on the crosshair", keys: { "patch-here": ["Shift+L"] } },
      { does: "Mark components with no voxel at a scale", keys: { "toggle-vanishing": ["m"] } },
    ],
  },
  {
    title: "Editing",
    entries: [
      { does: "Rename the selected region", keys: { rename: ["e"] } },
      { does: "Add region", keys: { "new-region": ["Insert"] } },
      {
        does: "Move the region up/down in the list",
        keys: { "move-up": ["Alt+ArrowUp"], "move-down": ["Alt+ArrowDown"] },
        also: ["drag"],
      },
      {
        does: "Move the region to the top/end",
        keys: { "move-first": ["Alt+Home"], "move-last": ["Alt+End"] },
      },
      { does: "Pick labels by clicking in the grid", keys: { pick: ["p"] } },
      { does: "Undo/redo", keys: { undo: ["$mod+z"], redo: ["$mod+Shift+z", "$mod+y"] } },
      { does: "Save dataset.json", keys: { save: ["$mod+s"] } },
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
      { does: "Table of what resampling changed", keys: { resampling: ["Shift+V"] } },
      {
        does: "Previous/next view",
        keys: { "view-before": ["Alt+ArrowLeft"], "view-after": ["Alt+ArrowRight"] },
      },
      { does: "Training grid or stored grid", keys: { "training-grid": ["x"] } },
      { does: "Open files, open a folder", keys: { "open-files": ["o"], "open-folder": ["Shift+O"] } },
      { does: "Show the bits of the voxel", keys: { bits: ["b"] } },
      { does: "Show frame times over the grid", keys: { "frame-times": ["f"] } },
      {
        does: "End stepping, then show all panes, then leave solo mode, then clear the selection",
        keys: { escape: ["Escape"] },
      },
      { does: "Show this list", keys: { help: ["?", "Shift+?"] } },
    ],
  },
  {
    title: "3D view (when focused)",
    scope: "view3d",
    entries: [
      {
        does: "Turn",
        keys: {
          "view3d-turn-left": ["ArrowLeft"],
          "view3d-turn-right": ["ArrowRight"],
          "view3d-turn-up": ["ArrowUp"],
          "view3d-turn-down": ["ArrowDown"],
        },
        also: ["drag"],
      },
      {
        does: "Pan",
        keys: {
          "view3d-pan-left": ["Shift+ArrowLeft"],
          "view3d-pan-right": ["Shift+ArrowRight"],
          "view3d-pan-up": ["Shift+ArrowUp"],
          "view3d-pan-down": ["Shift+ArrowDown"],
        },
      },
      { does: "Zoom in/out", keys: { "view3d-zoom-in": ["+", "Shift++", "="], "view3d-zoom-out": ["-"] } },
      { does: "Fit the whole case; press again to fit the shown regions", keys: { "view3d-whole": ["0"] } },
      { does: "Move crosshair to the clicked surface", also: ["click"] },
    ],
  },
  {
    title: "Ruler (when active or selected)",
    scope: "ruler",
    entries: [
      { does: "Set the start, then the end at the crosshair", keys: { "ruler-mark": ["Enter"] } },
      { does: "Cancel the measurement, then leave the tool", keys: { "ruler-end": ["Escape"] } },
      { does: "Remove the selected ruler", keys: { "ruler-remove": ["Delete", "Backspace"] } },
    ],
  },
  {
    title: "Picking labels (when active)",
    scope: "picking",
    entries: [
      { does: "Add/remove the label at the crosshair", keys: { "pick-here": ["Enter"] } },
      { does: "Stop picking", keys: { "pick-end": ["Escape"] } },
    ],
  },
  {
    title: "Region list (when focused)",
    scope: "region-list",
    entries: [{ does: "Remove the selected region", keys: { "region-remove": ["Delete"] } }],
  },
  {
    title: "Compare",
    scope: "compare",
    entries: [
      {
        does: "Next/previous place where A and B differ",
        keys: { "difference-next": ["y"], "difference-before": ["Shift+Y"] },
      },
      { does: "Largest difference of a row of the table", also: ["double click", "Enter"] },
    ],
  },
] as const satisfies readonly KeyGroup[];

type Group = (typeof TABLE)[number];
type CommandsOf<G> = G extends { readonly entries: readonly (infer E)[] } ? KeysOf<E> : never;
type KeysOf<E> = E extends { readonly keys: infer K } ? keyof K : never;

/** Every command, on the page or in a scope. */
export type Command = CommandsOf<Group>;

/** Parts of the page with their own keys. */
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
  /** The part of the page where the keys work; the whole page if undefined. */
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
