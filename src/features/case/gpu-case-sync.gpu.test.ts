/** Tests that a disposed GPU case sync no longer informs the viewers. */
import { afterAll, expect, it, vi } from "vitest";
import { benchVolume } from "../../domain/phantom/bench-workload.ts";
import { Gpu } from "../../gpu/gpu.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import { GpuCaseSync } from "./gpu-case-sync.ts";
import { TrainingGridSync } from "./training-grid-sync.ts";

const gpu = await Gpu.acquire();
afterAll(() => gpu.dispose());

const idle = () => vi.waitFor(() => expect(useStore.getState().busy).toBe(0));

it("switching between the grids of a case uploads and counts nothing that is known", async () => {
  const { liveBytes } = gpu;
  setGrid("stored");
  caseOpened({
    openCase: caseOf(benchVolume(32, 4)),
    definition: null,
    plans: {
      ...PLANS,
      configurations: PLANS.configurations.map((configuration) => ({ ...configuration, spacing: [2, 2, 2] })),
    },
    notices: [],
  });
  const shapes: (readonly number[] | undefined)[] = [];
  const sync = new GpuCaseSync(gpu, (targets) => shapes.push(targets?.resident.grid.shape));
  const grids = new TrainingGridSync();
  await idle();
  const { regionVoxels: stored } = useStore.getState();
  expect(stored?.[0]).toHaveLength(40);
  setGrid("trained");
  await idle();
  expect(shapes.at(-1)).toEqual([16, 16, 16]);
  const { regionVoxels: trained, path } = useStore.getState();
  expect(trained?.[0]).not.toEqual(stored?.[0]);
  const { uploadedBytes } = gpu;
  for (const [grid, counts, side] of [
    ["stored", stored, 32],
    ["trained", trained, 16],
  ] as const) {
    shapes.length = 0;
    setGrid(grid);
    expect(useStore.getState()).toMatchObject({ regionVoxels: counts, path });
    await idle();
    expect(new Set(shapes.map((shape) => shape?.[0]))).toEqual(new Set([side]));
  }
  expect(gpu.uploadedBytes).toBe(uploadedBytes);
  grids.dispose();
  sync.dispose();
  setGrid("stored");
  expect(gpu.liveBytes).toBe(liveBytes);
});

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
