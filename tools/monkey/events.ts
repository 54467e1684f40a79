/**
 * Generates what the monkey does, from a seed: the same seed gives the same events, however many are asked
 * for.
 */
import type { ViewName } from "../../src/domain/view/view-values.ts";
import { VIEWS } from "../../src/state/view/views.ts";
import { seeded } from "../../src/targets/testing/testing.ts";
import { KEYS } from "../../src/ui/keys.ts";

/** What is shown is checked after this many events. */
export const BATCH = 10;

/** A place on the page. All numbers are fractions from 0 to 1. */
export type Spot =
  /** One of the visible controls: which part of the page, which control in it, and where on it. */
  | {
      readonly at: "control";
      readonly part: number;
      readonly nth: number;
      readonly x: number;
      readonly y: number;
    }
  /** A text field, or a control if there is none. */
  | { readonly at: "field"; readonly nth: number }
  | { readonly at: "picture"; readonly x: number; readonly y: number }
  | { readonly at: "window"; readonly x: number; readonly y: number };

export type MonkeyEvent =
  | { readonly kind: "view"; readonly view: ViewName }
  | { readonly kind: "click" | "double click" | "hover"; readonly spot: Spot; readonly held: Held }
  | {
      readonly kind: "drag";
      readonly spot: Spot;
      /** In CSS px. */
      readonly by: readonly [number, number];
      readonly button: "left" | "middle" | "right";
      readonly held: Held;
    }
  | { readonly kind: "wheel"; readonly spot: Spot; readonly by: number; readonly held: Held }
  /** As Playwright names keys. */
  | { readonly kind: "key"; readonly keys: string }
  | {
      readonly kind: "type";
      readonly spot: Spot;
      readonly replaces: boolean;
      readonly text: string;
      readonly then: "Enter" | "Tab" | "Escape" | null;
    }
  | { readonly kind: "resize"; readonly width: number; readonly height: number };

/** Key held during an event; null for none. */
type Held = "Control" | "Shift" | "Alt" | null;

const SIZES = [
  [1280, 720],
  [1440, 900],
  [1920, 1080],
  [1024, 640],
  [1300, 1000],
] as const;
const TEXTS = ["12", "3", "-1", "0.5", "kidney", "left part", "é", "1e9", "999999", " ", "40, 41", "["];
const PLAIN_KEYS = ["Tab", "Shift+Tab", "Enter", "Space", "Escape", "Backspace", "Delete", "F2", "7", "w"];
const SHORTCUTS = Object.values(KEYS)
  .flat()
  .map((key) => key.replace("$mod", "Control"));
const HELD: readonly Held[] = [null, null, null, null, null, "Control", "Shift", "Alt"];

/** Yields events without end. Every batch begins with a view, and every view comes in turn. */
export function* monkeyEvents(seed: number): Generator<MonkeyEvent, never> {
  const random = seeded(seed);
  // The first numbers of neighbouring seeds are alike.
  for (let i = 0; i < 8; i++) random();
  const oneOf = <T>(all: readonly T[]): T => {
    const chosen = all[Math.floor(random() * all.length)];
    if (chosen === undefined) throw new Error("There is nothing to choose from.");
    return chosen;
  };
  const spread = (most: number) => Math.round((random() * 2 - 1) * most);
  const picture = (): Spot => ({ at: "picture", x: random(), y: random() });
  const control = (): Spot => ({ at: "control", part: random(), nth: random(), x: random(), y: random() });
  const somewhere = (): Spot => ({ at: "window", x: random(), y: random() });
  const key = () => oneOf(random() < 0.3 ? PLAIN_KEYS : SHORTCUTS);
  /** How often each comes, relative to the others. */
  const makers: readonly (readonly [number, () => MonkeyEvent])[] = [
    [28, () => ({ kind: "click", spot: control(), held: null })],
    [3, () => ({ kind: "click", spot: control(), held: oneOf(HELD) })],
    [8, () => ({ kind: "click", spot: picture(), held: oneOf(HELD) })],
    [3, () => ({ kind: "click", spot: somewhere(), held: null })],
    [8, () => ({ kind: "double click", spot: control(), held: null })],
    [3, () => ({ kind: "double click", spot: picture(), held: null })],
    [2, () => ({ kind: "double click", spot: somewhere(), held: null })],
    [3, () => ({ kind: "hover", spot: oneOf([picture, control])(), held: oneOf(HELD) })],
    [7, () => drag(picture(), 160, oneOf(["left", "left", "middle", "right"] as const), oneOf(HELD))],
    [4, () => drag(control(), 90, "left", null)],
    [7, () => ({ kind: "wheel", spot: picture(), by: spread(400), held: oneOf(HELD) })],
    [2, () => ({ kind: "wheel", spot: somewhere(), by: spread(400), held: null })],
    [20, () => ({ kind: "key", keys: key() })],
    [7, typed],
    [1, resized],
  ];
  function drag(spot: Spot, most: number, button: "left" | "middle" | "right", held: Held): MonkeyEvent {
    return { kind: "drag", spot, by: [spread(most), spread(most)], button, held };
  }
  function typed(): MonkeyEvent {
    const spot: Spot = { at: "field", nth: random() };
    const then = oneOf(["Enter", "Enter", "Tab", "Escape", null] as const);
    return { kind: "type", spot, replaces: random() < 0.5, text: oneOf(TEXTS), then };
  }
  function resized(): MonkeyEvent {
    const [width, height] = oneOf(SIZES);
    return { kind: "resize", width, height };
  }
  const bag = makers.flatMap(([weight, make]) => Array.from({ length: weight }, () => make));
  for (let turn = Math.floor(random() * VIEWS.length); ; turn++) {
    yield { kind: "view", view: VIEWS[turn % VIEWS.length]?.value ?? "grid" };
    for (let i = 1; i < BATCH; i++) {
      yield oneOf(bag)();
    }
  }
}
