/** Tests the limits of panel sizes and how a remembered size is read. */
import { describe, expect, test } from "vitest";
import { chosenSize, isTight, mostSize } from "./panel-sizes.ts";

describe("the maximum size of a panel", () => {
  test("leaves 480 px for the images", () => {
    expect(mostSize("left", 374, 746)).toBe(374 + 266);
    expect(mostSize("right", 320, 500)).toBe(340);
  });

  test("is limited to the largest useful size of a panel", () => {
    expect(mostSize("left", 374, 3000)).toBe(720);
  });

  test("is the current size if the images have too little space, and never below the minimum", () => {
    expect(mostSize("left", 300, 480)).toBe(300);
    expect(mostSize("left", 300, 400)).toBe(300);
    expect(mostSize("right", 200, 340)).toBe(240);
  });

  test("leaves 212 px for the list of regions above the findings", () => {
    expect(mostSize("findings", 130, 400)).toBe(318);
    expect(mostSize("findings", 200, 2000)).toBe(1988);
  });
});

describe("a remembered size", () => {
  test("is a whole number within the limits", () => {
    expect(chosenSize("left", "400.4")).toBe(400);
    expect(chosenSize("left", "20")).toBe(260);
    expect(chosenSize("right", "20")).toBe(240);
    expect(chosenSize("right", "9000")).toBe(720);
    expect(chosenSize("findings", "900")).toBe(900);
  });

  test("is the default if nothing or nonsense was remembered", () => {
    for (const text of [null, "", "wide", "NaN", "Infinity"]) expect(chosenSize("left", text)).toBeNull();
  });
});

test("images of 480 px give up no space", () => {
  expect(isTight(480)).toBe(true);
  expect(isTight(481)).toBe(false);
});
