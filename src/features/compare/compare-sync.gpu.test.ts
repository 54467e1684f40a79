/**
 * Tests that both sides of a comparison hold its channels on the GPU, where they fill whole words and beyond.
 */
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { bitsOf, randomMasks, stackFrom } from "../../domain/testing/random-masks.ts";
import { regionVoxelsAt } from "../../domain/testing/region-voxels-at.ts";
import { definitionOf } from "../../domain/testing/small-case.ts";
import type { MaskStack, Source } from "../../domain/volume/palette-volume.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { Gpu } from "../../gpu/gpu.ts";
import { caseClosed, caseOpened } from "../../state/actions/case-actions.ts";
import { secondLabelsOpened } from "../../state/actions/compare-actions.ts";
import { setFields } from "../../state/actions/fields-actions.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, secondOf } from "../../state/testing/test-case.ts";
import { countBitmapRegions } from "../../targets/resident/resident-counts.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { GpuCaseSync } from "../case/gpu-case-sync.ts";
import { selectCompareQuery } from "./compare-selectors.ts";
import { useCompare } from "./compare-state.ts";
import { CompareSync } from "./compare-sync.ts";

const gpu = await Gpu.acquire();
afterAll(() => gpu.dispose());

const initial = useStore.getInitialState();
const state = useStore.getState;
const SHAPE = [6, 9, 11] as const;
const VOXELS = 6 * 9 * 11;

let shown: ResidentTargets | null;
let compare: CompareSync | null;
let sync: GpuCaseSync;
let bytes: number;

beforeEach(() => {
  bytes = gpu.liveBytes;
  setGrid("stored");
  [shown, compare] = [null, null];
  sync = new GpuCaseSync(gpu, (targets) => {
    shown = targets;
    compare?.setCase(targets);
  });
});
afterEach(() => {
  compare?.dispose();
  sync.dispose();
  useStore.setState(initial, true);
  expect(gpu.liveBytes).toBe(bytes);
});

const idle = () => vi.waitFor(() => expect(state().busy).toBe(0), { timeout: 20_000 });

/** The channels of both sides as counted from the words on the GPU, and as counted voxel by voxel. */
async function counted(): Promise<{ readonly onGpu: unknown; readonly plain: unknown; query: CompareQuery }> {
  await idle();
  if (!shown) throw new Error("The case is not on the GPU.");
  compare = new CompareSync(shown, () => undefined);
  await idle();
  const query = selectCompareQuery(state());
  if (!query || state().compareDrawn !== query) throw new Error("B is not on the GPU.");
  const { own, other } = compare.sides;
  const onGpu: number[][][] = [];
  for (const side of [own ?? shown, other ?? shown]) {
    await side.ensureBitmap();
    onGpu.push(await countBitmapRegions(side));
  }
  const plain = [query.a, query.b].map(({ source, table, targets }) =>
    targets.scales.map(({ tables }) => regionVoxelsAt(source, table, query.channels, tables)),
  );
  return { onGpu, plain, query };
}

const masksOf = (stack: MaskStack): Source => ({ kind: "masks", stack });

it.each([
  [32, 0],
  [32, 1],
  [64, 0],
  [64, 1],
  [31, 1],
])("%i masks beside the same in another order, and %i only in B", async (count, more) => {
  const a = randomMasks(SHAPE, count, count);
  const others = randomMasks(SHAPE, count + more, count + 7);
  const b = { ...others, names: others.names.map((_, m) => `mask ${count + more - 1 - m}`) };
  caseOpened({
    openCase: caseOf(volumeFromLabels(a.grid, Array(VOXELS).fill(0)), { source: masksOf(a) }),
    definition: null,
    plans: null,
    notices: [],
  });
  secondLabelsOpened(secondOf("b.nii.gz", masksOf(b)));
  const { onGpu, plain, query } = await counted();
  expect(query.rows.map(({ name }) => name)).toEqual(
    Array.from({ length: count + more }, (_, m) => `mask ${m}`),
  );
  expect(onGpu).toEqual(plain);
  const voxels = (stack: MaskStack, name: string) =>
    bitsOf(stack, stack.names.indexOf(name)).reduce((sum, bit) => sum + bit, 0);
  expect(state().compareResult?.counts.regions.map(({ a: inA, b: inB }) => [inA, inB])).toEqual(
    query.rows.map(({ name }) => [voxels(a, name), voxels(b, name)]),
  );
});

it.each([
  ["mode", 32, 33],
  ["mode", 64, 65],
  ["file", 32, 35],
  ["file", 64, 67],
] as const)(
  "labels in no region beside %s and %i regions make %i channels",
  async (compareKind, count, channels) => {
    const { grid } = stackFrom(SHAPE, []);
    const labels = (most: number) =>
      Array.from({ length: VOXELS }, (_, i) => (7 * i + (i >> 3)) % (most + 1));
    const names = Object.fromEntries(Array.from({ length: count }, (_, i) => [`organ ${i + 1}`, i + 1]));
    // The last two labels are in no region, and the file has one that the case lacks.
    caseOpened({
      openCase: caseOf(volumeFromLabels(grid, labels(count + 2))),
      definition: definitionOf({ background: 0, ...names }, null),
      plans: null,
      notices: [],
    });
    const other = labels(count + 3).toReversed();
    secondLabelsOpened(secondOf("b.nii.gz", { kind: "labels", volume: volumeFromLabels(grid, other) }));
    setFields({ compareKind });
    const { onGpu, plain, query } = await counted();
    expect([query.channels, query.a.table?.words]).toEqual([channels, Math.ceil(channels / 32)]);
    expect(onGpu).toEqual(plain);
    const inNoRegion = labels(count + 2).filter((label) => label > count).length;
    const inA =
      state()
        .compareResult?.counts.regions.slice(count)
        .map(({ a }) => a) ?? [];
    expect(inA.reduce((sum, voxels) => sum + voxels, 0)).toBe(inNoRegion);
  },
);

it("keeps neither a step nor a failure of another comparison, or of a case that is closed", async () => {
  const { grid } = stackFrom(SHAPE, []);
  const volume = volumeFromLabels(
    grid,
    Array.from({ length: VOXELS }, (_, i) => i % 3),
  );
  caseOpened({ openCase: caseOf(volume), definition: null, plans: null, notices: [] });
  setFields({ compareKind: "mode" });
  const held = (query: CompareQuery) => {
    useCompare.setState({ failed: query, step: { query, channel: null, step: { kind: "none" } } });
    return () => useCompare.getState();
  };
  const afterMode = held((await counted()).query);
  setFields({ compareKind: "scale", compareScale: 0 });
  await idle();
  expect(afterMode()).toEqual({ failed: null, step: null });
  const query = selectCompareQuery(state());
  if (!query) throw new Error("Nothing is compared.");
  const afterCase = held(query);
  caseClosed();
  await idle();
  expect(afterCase()).toEqual({ failed: null, step: null });
});
