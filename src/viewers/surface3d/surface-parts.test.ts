/** The CPU part of the 3D view: colours and bits of layers, and the resolution while moving. */
import { describe, expect, it } from "vitest";
import { AdaptiveResolution } from "./adaptive-resolution.ts";
import { entryColors, layerRecords, packedColor, transparentRecords } from "./surface-layers.ts";

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
    const [, one, two] = own.map((color) => packedColor(color));
    expect([...entryColors(table, [green], own)]).toEqual([0, one, two, 0]);
  });

  it("are encoded as bits of the shown channels, then as records from the topmost layer down", () => {
    const [r, g] = [packedColor([1, 0, 0]), packedColor([0, 1, 0])];
    expect([...layerRecords(34, 2, [green, red, beyond])]).toEqual([1, 2, 33, r, 0, g]);
  });

  it("are, if some are transparent, colours from the topmost down, then the layers of each entry", () => {
    const bits = Uint32Array.of(0, 1, 1, 0, 0, 0, 2, 2);
    const table = { channels: 34, words: 2, paletteSize: 4, bits };
    const [r, g] = [packedColor([1, 0, 0], 0.2), packedColor([0, 1, 0])];
    const layers = [green, { ...red, opacity: 0.2 }, beyond];
    const { records, layerCount, layerWords } = transparentRecords(table, layers);
    expect([layerCount, layerWords]).toEqual([2, 1]);
    // Red is layer 0, green layer 1.
    expect([...records]).toEqual([r, g, 0, 2, 3, 1]);
    const many = Array.from({ length: 33 }, () => green);
    expect(transparentRecords(table, many)).toMatchObject({ layerCount: 33, layerWords: 2 });
    expect(transparentRecords(table, many).records[33 + 2 * 1 + 1]).toBe(1);
    // With their own colours, entries are as opaque as the most opaque layer that contains them.
    const own = [0, 0.2, 0.4, 0.6].map((grey) => [grey, grey, grey] as const);
    const [, one = 0, two = 0, three = 0] = own.map((color) => packedColor(color));
    expect(transparentRecords(table, layers, own)).toMatchObject({ layerCount: 0, layerWords: 0 });
    expect([...transparentRecords(table, layers, own).records]).toEqual([
      0,
      one,
      two,
      ((three & 0xffffff) | (51 << 24)) >>> 0,
    ]);
    expect([...layerRecords(34, 2, layers)]).toEqual([1, 2, 33, r, 0, g]);
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
