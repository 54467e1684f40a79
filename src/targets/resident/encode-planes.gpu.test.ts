/**
 * Compares words packed from masks on the GPU with the plain CPU version, for every tail of a column and for
 * channels around whole words.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packMasks } from "../../domain/targets/reference.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { readU32 } from "../../gpu/readback.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { ResourceScope } from "../core/resource-scope.ts";
import { randomMasks } from "../testing/testing.ts";
import { ResidentCase } from "./resident-case.ts";

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

const TAILS = [1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 25, 31, 32];

describe.each([1, 4, 31, 32, 33, 64, 73])("%i channels", (channels) => {
  it.each(TAILS)("of 96 voxels and %i more are packed into the same words as on the CPU", async (tail) => {
    const source = randomMasks([1, 1, 96 + tail], channels, channels + tail);
    // Bits behind the volume in a bit plane's last u32 must not reach the words.
    for (const bitPlane of source.stack.bitPlanes)
      if (tail < 32) bitPlane[3] = (bitPlane[3] ?? 0) | (-1 << tail);
    const resident = await ResidentCase.create(gpu, { source, table: null, channels });
    const temporary = new ResourceScope(gpu);
    const want = packMasks(source.stack);
    const words = temporary.storageBuffer("words", want.length * 4);
    const every = { first: 0, count: resident.words };
    const destination = { buffer: words.buffer, offset: 0, stride: 96 + tail };
    await resident.encodeRange(temporary, { first: 0, end: 96 + tail }, every, destination);
    const got = await readU32(gpu, words, want.length);
    expect(got).toEqual(want);
    temporary.dispose();
    resident.dispose();
  });
});
