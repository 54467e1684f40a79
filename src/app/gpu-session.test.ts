/** Tests how the GPU session handles lost, missing and returning devices. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { GpuUnavailable } from "../gpu/acquire.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { useStore } from "../state/store.ts";
import { GpuSession } from "./gpu-session.ts";

/** Stands for the browser's answer to a device request: a device that can be lost, or the reason for none. */
const acquire = vi.hoisted(() => vi.fn<() => Promise<Gpu>>());
vi.mock("../gpu/gpu.ts", () => ({ Gpu: { acquire } }));

const lost: (() => void)[] = [];

function device(): Promise<Gpu> {
  const whenLost = new Promise<GPUDeviceLostInfo>((resolve) => {
    lost.push(() => resolve({ reason: "unknown", message: "A driver reset." } as GPUDeviceLostInfo));
  });
  const adapter = { vendor: "test", architecture: "", description: "", software: true };
  return Promise.resolve({ lost: whenLost, adapter, dispose: () => undefined } as Gpu);
}

const none = (reason: "no-adapter" | "no-device") =>
  Promise.reject(new GpuUnavailable(reason, `There is ${reason}.`));

/** Lets all pending promises settle. */
const settle = () => new Promise((done) => setTimeout(done));

/** Loses the newest device and lets the session request another. */
async function lose(): Promise<void> {
  lost.at(-1)?.();
  await settle();
}

const status = () => useStore.getState().gpu;
const built = vi.fn();
const gone = vi.fn();
let session: GpuSession;

beforeEach(async () => {
  useStore.setState({ gpu: { status: "starting" }, gpuTries: 0, busy: 0 });
  acquire.mockReset().mockImplementation(device);
  built.mockReset();
  gone.mockReset();
  lost.length = 0;
  session = new GpuSession(built, gone);
  session.start();
  await settle();
});

afterEach(() => session.dispose());

it("sets up on a device, and on another one when the first is lost", async () => {
  expect(status().status).toBe("ready");
  await lose();
  expect(status().status).toBe("ready");
  expect([built.mock.calls.length, gone.mock.calls.length]).toEqual([2, 1]);
  expect(useStore.getState().busy).toBe(0);
});

it("gives up after repeated losses before a device was of use, and Try again restarts the count", async () => {
  for (const tries of [0, 1]) {
    for (let i = 0; i < 3; i++) {
      await lose();
      expect(status().status).toBe("ready");
    }
    await lose();
    expect(status()).toMatchObject({ status: "unavailable", reason: "no-device" });
    expect(status()).toHaveProperty(
      "sentence",
      expect.stringContaining("lost 4 times in a row (A driver reset)"),
    );
    expect(useStore.getState().gpuTries).toBe(0);
    if (tries === 0) session.retry();
    await settle();
    expect(status().status).toBe(tries === 0 ? "ready" : "unavailable");
  }
});

it("keeps replacing lost devices as long as the page comes to rest on each", async () => {
  for (let i = 0; i < 30; i++) {
    session.cameToRest();
    await lose();
    expect(status().status).toBe("ready");
  }
});

it("distinguishes a GPU that the browser switched off from one that never existed", async () => {
  acquire.mockImplementation(() => none("no-adapter"));
  await lose();
  expect(status()).toMatchObject({ status: "unavailable", reason: "switched-off" });
  expect(status()).toHaveProperty(
    "sentence",
    expect.stringMatching(/switches the GPU off until it is restarted/),
  );

  session.dispose();
  session = new GpuSession(built, gone);
  session.start();
  await settle();
  expect(status()).toMatchObject({ reason: "no-adapter", sentence: "There is no-adapter." });
});

it("settles without a device, counts attempts, and uses a device that becomes available", async () => {
  acquire.mockImplementation(() => none("no-adapter"));
  await lose();
  expect(await session.settled()).toBeNull();
  session.retry();
  session.retry();
  await settle();
  expect(useStore.getState().gpuTries).toBe(2);
  // The second retry came while the first request was pending.
  expect(acquire).toHaveBeenCalledTimes(3);
  acquire.mockImplementation(device);
  session.retry();
  await settle();
  expect(status().status).toBe("ready");
  expect(await session.settled()).toBe(session.gpu);
  expect(useStore.getState().gpuTries).toBe(0);
});

it("releases a device on which setup fails, and requests another", async () => {
  built.mockImplementationOnce(() => {
    throw new Error("no pipeline");
  });
  await lose();
  expect(status()).toMatchObject({ status: "unavailable", sentence: "no pipeline" });
  expect(session.gpu).toBeNull();
  session.retry();
  await settle();
  expect(status().status).toBe("ready");
});
