/** Tests how the frame loop continues after a frame fails. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Gpu, GpuMemoryError } from "../gpu/gpu.ts";
import { acquireForTest } from "../gpu/testing/acquire-for-test.ts";
import { FrameLoop } from "./frame-loop.ts";

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

/** Runs a loop whose first frame fails with `error`; resolves to the events that its listener received. */
async function heard(error: Error): Promise<string[]> {
  const events: string[] = [];
  let dirty = true;
  let frames = 0;
  let resolveNext = (): void => undefined;
  const next = () =>
    new Promise<void>((resolve) => {
      resolveNext = resolve;
    });
  const loop = new FrameLoop(
    gpu,
    {
      get dirty() {
        return dirty;
      },
      encode: () => {
        dirty = false;
        if (frames++ === 0) throw error;
        return { draws: 1, hasImage: false };
      },
    },
    {
      onDrawing: (drawing) => events.push(drawing ? "begins" : "rests"),
      onError: ({ message }: Error) => {
        events.push(message);
        resolveNext();
      },
      onFrame: () => {
        events.push("drawn");
        resolveNext();
      },
    },
  );
  const failed = next();
  loop.invalidate();
  await failed;
  dirty = true;
  const drawn = next();
  loop.invalidate();
  if (events.at(-1) === "begins") await drawn;
  loop.stop();
  return events;
}

it("draws the next scene after one that exceeds a GPU limit", async () => {
  const events = await heard(new GpuMemoryError("too large"));
  expect(events.slice(0, 5)).toEqual(["begins", "rests", "too large", "begins", "drawn"]);
});

it("stops drawing after any other failure", async () => {
  expect(await heard(new Error("broken"))).toEqual(["begins", "rests", "broken", "rests"]);
});
