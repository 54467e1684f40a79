/** Tests that a disposed GPU case sync no longer informs the viewers. */
import { afterAll, expect, it, vi } from "vitest";
import { benchVolume } from "../../domain/phantom/bench-workload.ts";
import { Gpu } from "../../gpu/gpu.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { GpuCaseSync } from "./gpu-case-sync.ts";

const gpu = await Gpu.acquire();
afterAll(() => gpu.dispose());

it("a disposed sync no longer notifies viewers, even if its work ends later, because another device's sync may be drawing", async () => {
  const { liveBytes } = gpu;
  const opened = { openCase: caseOf(benchVolume(32, 1)), definition: null, plans: null, notices: [] };
  caseOpened(opened);
  const received: unknown[] = [];
  const sync = new GpuCaseSync(gpu, (targets) => received.push(targets));
  expect(useStore.getState().busy).toBeGreaterThan(0);
  sync.dispose();
  const before = received.length;
  expect(received.at(-1)).toBeNull();
  await vi.waitFor(() => expect(useStore.getState().busy).toBe(0));
  expect(received).toHaveLength(before);
  expect(gpu.liveBytes).toBe(liveBytes);
});
