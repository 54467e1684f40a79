/** The CPU part of the 3D view: colours and bits of layers, and the resolution while moving. */
import { describe, expect, it } from "vitest";
import { AdaptiveResolution } from "./adaptive-resolution.ts";
import { entryColors, layerRecords, packedColor } from "./surface-layers.ts";

describe("layers", () => {
  const red = { channel: 33, color: [1, 0, 0] } as const;
  const green = { channel: 0, color: [0, 1, 0] } as const;
  const beyond = { channel: 34, color: [0, 0, 1] } as const;

  it("give each palette entry the colour of the last one that holds it", () => {
    // Channel 0 contains entries 1 and 2, channel 33 contains 2 and 3.
    const bits = Uint32Array.of(0, 1, 1, 0, 0, 0, 2, 2);
    const table = { channels: 34, words: 2, paletteSize: 4, bits };
    const [r, g] = [packedColor([1, 0, 0]), packedColor([0, 1, 0])];
    expect([...entryColors(table, [green, red, beyond])]).toEqual([0, g, r, r]);
    expect([...entryColors(table, [red, green])]).toEqual([0, g, g, r]);
    expect([...entryColors(table, [])]).toEqual([0, 0, 0, 0]);
    // Entries have their own colours, but only where something is shown.
    const own = [0, 0.2, 0.4, 0.6].map((grey) => [grey, grey, grey] as const);
    const [, one, two] = own.map(packedColor);
    expect([...entryColors(table, [green], own)]).toEqual([0, one, two, 0]);
  });

  it("are encoded as bits of the shown channels, then as records from the topmost layer down", () => {
    const [r, g] = [packedColor([1, 0, 0]), packedColor([0, 1, 0])];
    expect([...layerRecords(34, 2, [green, red, beyond])]).toEqual([1, 2, 33, r, 0, g]);
  });

  it("have opaque colours, which are never 0", () => {
    expect(packedColor([0, 0, 0])).toBe(0xff000000);
    expect(packedColor([1, 0.5, -3])).toBe(0xff0080ff);
  });
});

describe("adaptive resolution", () => {
  it("draws fewer pixels if frames take long, and all of them otherwise", () => {
    const quality = new AdaptiveResolution(3);
    expect(quality.divisor(1000)).toBe(3);
    quality.measured(1000, 20);
    expect(quality.divisor(1000)).toBe(1);
    expect(quality.divisor(10_000)).toBe(2);
    expect(quality.divisor(100_000)).toBe(4);
  });

  it("follows newer measurements, and ignores invalid ones", () => {
    const quality = new AdaptiveResolution(1);
    quality.measured(1000, 1000);
    expect(quality.divisor(1000)).toBe(4);
    quality.measured(0, 5);
    quality.measured(1000, Number.NaN);
    expect(quality.divisor(1000)).toBe(4);
    for (let i = 0; i < 10; i++) quality.measured(1000, 1);
    expect(quality.divisor(1000)).toBe(1);
  });
});
