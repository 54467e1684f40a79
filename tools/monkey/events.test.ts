/** Tests the generator of the monkey's events. */
import { expect, test } from "vitest";
import { VIEWS } from "../../src/state/view/views.ts";
import { BATCH, type MonkeyEvent, monkeyEvents } from "./events.ts";

function first(count: number, seed: number): MonkeyEvent[] {
  const source = monkeyEvents(seed);
  return Array.from({ length: count }, () => source.next().value);
}

test("the same seed gives the same events, also if fewer are asked for, and another seed gives others", () => {
  expect(first(300, 7)).toEqual(first(300, 7));
  expect(first(120, 7)).toEqual(first(300, 7).slice(0, 120));
  expect(first(20, 8)).not.toEqual(first(20, 7));
});

test("500 events have every view, every kind of event, and modifiers", () => {
  const events = first(500, 1);
  const views = events.flatMap((event) => (event.kind === "view" ? [event.view] : []));
  expect(views.length).toBe(500 / BATCH);
  expect(new Set(views)).toEqual(new Set(VIEWS.map(({ value }) => value)));
  expect(new Set(events.map(({ kind }) => kind))).toEqual(
    new Set(["view", "click", "double click", "hover", "drag", "wheel", "key", "type", "resize"]),
  );
  const held = new Set(events.flatMap((event) => ("held" in event ? [event.held] : [])));
  expect(held).toEqual(new Set([null, "Control", "Shift", "Alt"]));
});
