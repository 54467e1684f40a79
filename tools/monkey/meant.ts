/** Decides which edits of the definition an action means: whatever else changes the definition is a fault. */

/** The control at a place, or the one with the focus, as a user would know it. */
export interface Control {
  /** The role, else the element's name. */
  readonly role: string;
  readonly name: string;
  readonly isTextField: boolean;
  /** The canvas of the grid, where picking takes labels. */
  readonly isGrid: boolean;
  /** The grip that moves a row of the list. */
  readonly isGrip: boolean;
  readonly inRegionList: boolean;
  /** In something that opens cases: the first page, the samples, a menu, a dialog. */
  readonly mayOpen: boolean;
}

/** Names of the steps in the history, the next to be taken last; and the definition's text. */
export interface EditHistory {
  readonly undo: readonly string[];
  readonly redo: readonly string[];
  readonly text: string | null;
}

/** What changed between two histories. A step that brings back the last redone one may be either. */
export type Change = { readonly did: string; readonly orRedo?: true } | "undo" | "redo" | "opened";

/** What may change: a step whose name matches, at most `times` times. */
export type Meant = { readonly step: RegExp; readonly times: number } | "undo" | "redo" | "opened";

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Fields of the definition, and how the steps that they make begin. */
const FIELDS: readonly (readonly [RegExp, RegExp])[] = [
  [/^Region name/, /^rename /],
  [/^Output label of /, /^set output label to /],
  [/^Ignore label/, /^(set ignore label to |remove the ignore label)/],
  [/^Add label to /, /^add label /],
];

/** Whether text typed into this field becomes an edit. */
export function isOfDefinition({ name, isTextField }: Control): boolean {
  return isTextField && FIELDS.some(([field]) => field.test(name));
}

/** What text in a field means once it takes effect; nothing outside the definition. */
export function meantByText({ name, isTextField }: Control): Meant[] {
  return isTextField
    ? FIELDS.filter(([field]) => field.test(name)).map(([, step]) => ({ step, times: 1 }))
    : [];
}

/** Buttons, and the step that each makes. */
const BUTTONS: readonly (readonly [RegExp, (found: RegExpMatchArray) => RegExp])[] = [
  [/^Remove label (\S+) from (.*)$/, ([, label, name]) => exactly(`remove label ${label} from ${name}`)],
  [/^Remove background$/, () => /^remove background$/],
  [/^Remove (.*)$/, ([, name]) => exactly(`remove ${name}`)],
  [/^Move (.*) (?:up|down)$/, ([, name]) => exactly(`move ${name}`)],
  [/^Add region/, () => /^add new region/],
  [/^Add a region of label/, () => /^add /],
  [/^(?:Add background|Set background to 0)$/, () => /^add background$/],
  [/^Apply repair: *(.*)$/, ([, repair]) => exactly(repair ?? "")],
];

const exactly = (text: string) => new RegExp(`^${escaped(text)}$`);

/**
 * @param clicks a double click presses twice, but takes out or adds only once
 * @param picking whether clicks in the grid pick labels
 */
export function meantByPress(control: Control, clicks: 1 | 2, picking: boolean): Meant[] {
  const { role, name, isGrid, isGrip, mayOpen } = control;
  const twice = <T extends Meant>(meant: T): T[] => Array.from({ length: clicks }, () => meant);
  if (picking && isGrid) return [{ step: /^(add|remove) label /, times: clicks }];
  if (isGrip) return [{ step: /^move /, times: 1 }];
  if (/^Undo(: |$)/.test(name)) return twice("undo");
  if (/^Redo(: |$)/.test(name)) return twice("redo");
  const opened: Meant[] = mayOpen ? ["opened"] : [];
  if (role === "option") return [...opened, { step: /^add label /, times: 1 }];
  for (const [button, step] of BUTTONS) {
    const found = name.match(button);
    if (found) return [{ step: step(found), times: /^Move /.test(name) ? clicks : 1 }];
  }
  return opened;
}

/** @param typed whether the focused field has text that has not taken effect */
export function meantByKey(keys: string, focus: Control, typed: boolean, picking: boolean): Meant[] {
  if (/^Control\+(z|y|Shift\+z)$/.test(keys)) {
    const isText = focus.isTextField && (typed || !isOfDefinition(focus));
    return isText ? [] : [keys === "Control+z" ? "undo" : "redo"];
  }
  if (/^Alt\+(Arrow(Up|Down)|Home|End)$/.test(keys)) return [{ step: /^move /, times: 1 }];
  if (keys === "Insert") return [{ step: /^add new region/, times: 1 }];
  if (keys === "Delete" || keys === "Backspace")
    return /^Remove label /.test(focus.name)
      ? meantByPress(focus, 1, false)
      : focus.inRegionList && keys === "Delete"
        ? [{ step: /^remove /, times: 1 }]
        : [{ step: /^remove the ruler of /, times: 1 }];
  if (keys !== "Enter" && keys !== "Space") return [];
  if (focus.isTextField) return meantByText(focus).filter(() => keys === "Enter");
  const picked: Meant[] = picking && keys === "Enter" ? [{ step: /^(add|remove) label /, times: 1 }] : [];
  return [...picked, ...meantByPress(focus, 1, false)];
}

/**
 * Returns the changes from one history to the next; null if no undo, redo or edits explain it, such as text
 * that changed without a step.
 */
export function changesBetween(before: EditHistory, after: EditHistory): Change[] | null {
  const [undone, redone] = [before.undo.length - after.undo.length, after.redo.length - before.redo.length];
  const isPrefix = (short: readonly string[], long: readonly string[]) =>
    short.every((name, i) => long[i] === name);
  if (undone === 0 && redone === 0 && isPrefix(before.undo, after.undo))
    return before.text === after.text
      ? []
      : after.undo.length === 0 && after.redo.length === 0
        ? ["opened"]
        : null;
  if (undone > 0 && redone === undone && isPrefix(after.undo, before.undo))
    return Array.from({ length: undone }, () => "undo");
  if (undone < 0 && isPrefix(before.undo, after.undo)) {
    const steps = after.undo.slice(before.undo.length);
    const isRedone = redone === undone && steps.every((did, i) => did === before.redo.at(-1 - i));
    // An edit leaves nothing to redo.
    if (after.redo.length === 0)
      return steps.map((did) => (isRedone ? { did, orRedo: true as const } : { did }));
    if (isRedone) return steps.map(() => "redo" as const);
  }
  return after.undo.length === 0 && after.redo.length === 0 ? ["opened"] : null;
}

/**
 * Returns the changes that nothing meant, and what is left of what was meant once the others have used it up.
 */
export function weigh(
  changes: readonly Change[],
  meant: readonly Meant[],
): { readonly unmeant: Change[]; readonly left: Meant[] } {
  const left = [...meant];
  const unmeant = changes.filter((change) => {
    const at = left.findIndex((one) => explains(one, change));
    const by = left[at];
    if (by === undefined) return true;
    if (typeof by === "string" || by.times === 1) left.splice(at, 1);
    else left[at] = { ...by, times: by.times - 1 };
    return false;
  });
  return { unmeant, left };
}

function explains(meant: Meant, change: Change): boolean {
  if (typeof change === "string") return meant === change;
  return typeof meant === "string" ? meant === "redo" && change.orRedo === true : meant.step.test(change.did);
}
