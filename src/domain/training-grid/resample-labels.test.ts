/** Tests the fast resampling of labels against the plain one, over odd shapes and ratios. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { finish } from "../testing/finish.ts";
import { ODD_SHAPES } from "../testing/odd-shapes.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { plainResample } from "./plain.ts";
import { resampleLabels } from "./resample-labels.ts";
import type { Resampling } from "./resampling.ts";
import { croppedSlices } from "./slice-source.ts";

/** Halves of voxels fall together with simple fractions, and with others not. */
const RATIOS = [0.3, 0.5, 2 / 3, 0.8, 1, 1.37, 1.5, 2, 2.5, 4];

interface RandomLabels {
  readonly shape: Triple;
  readonly labels: Float64Array;
}

/** Labels -1 to 5 in blocks of `edge` voxels. */
function randomLabels(shape: Triple, edge: number, random: () => number): RandomLabels {
  const blocks = new Map<string, number>();
  const labels = new Float64Array(voxelCount(shape));
  let to = 0;
  for (let z = 0; z < shape[0]; z++)
    for (let y = 0; y < shape[1]; y++)
      for (let x = 0; x < shape[2]; x++) {
        const block = [z, y, x].map((i) => Math.floor(i / edge)).join();
        const label = blocks.get(block) ?? Math.floor(random() * 7) - 1;
        blocks.set(block, label);
        labels[to++] = label;
      }
  return { shape, labels };
}

function fast({ shape, labels }: RandomLabels, resampling: Resampling): number[] {
  const volume = volumeFromLabels({ shape, toWorld: [] }, labels);
  const source = croppedSlices(volume, { first: [0, 0, 0], shape }, null);
  const entries = finish(resampleLabels(source, resampling));
  return Array.from(entries, (entry) => source.labels[entry] ?? 0);
}

function plain({ shape, labels }: RandomLabels, resampling: Resampling): number[] {
  return [...plainResample({ shape, values: labels }, resampling).values];
}

describe.each([0, 1, 3] as const)("order %i", (order) => {
  describe.each([null, 0, 1, 2] as const)("with separate axis %o", (separateAxis) => {
    it.each(ODD_SHAPES)("agrees on %i × %i × %i voxels", (...shape) => {
      const random = randomFrom(voxelCount(shape) + order);
      const length = (n: number) =>
        Math.max(1, Math.round(n / (RATIOS[Math.floor(random() * RATIOS.length)] ?? 1)));
      for (let round = 0; round < (order === 3 ? 3 : 8); round++) {
        const labels = randomLabels(shape, 1 + (round % 3), random);
        const resampling: Resampling = {
          kind: "resampling",
          shape: [length(shape[0]), length(shape[1]), length(shape[2])],
          order,
          separateAxis,
          orderZ: separateAxis !== null && round % 2 === 1 ? 1 : 0,
        };
        expect(fast(labels, resampling), JSON.stringify(resampling)).toEqual(plain(labels, resampling));
      }
    });
  });
});

const TWICE: Resampling = {
  kind: "resampling",
  shape: [40, 6, 6],
  order: 1,
  separateAxis: null,
  orderZ: 0,
};

it("agrees with more labels than a byte holds", () => {
  const labels = Float64Array.from({ length: 12 * 9 * 9 }, (_, i) => (i * 7) % 500);
  const many: RandomLabels = { shape: [12, 9, 9], labels };
  const resampling: Resampling = { ...TWICE, shape: [17, 8, 13] };
  expect(fast(many, resampling)).toEqual(plain(many, resampling));
});

it("agrees with order 3 where a label's box ends far from the volume's", () => {
  const random = randomFrom(3);
  const shape: Triple = [2, 3, 260];
  const labels = Float64Array.from({ length: voxelCount(shape) }, (_, i) => {
    const x = i % shape[2];
    if (x >= 120 && x < 140) return Math.floor(random() * 3);
    return x >= 200 && x < 203 ? 3 : 0;
  });
  const long: RandomLabels = { shape, labels };
  for (const length of [87, 173, 390, 520]) {
    const resampling: Resampling = { ...TWICE, order: 3, shape: [3, 4, length] };
    expect(fast(long, resampling), `${length}`).toEqual(plain(long, resampling));
  }
});

describe("in steps", () => {
  const source = () => {
    const { shape, labels } = randomLabels([20, 3, 3], 1, randomFrom(5));
    const volume = volumeFromLabels({ shape, toWorld: [] }, labels);
    return croppedSlices(volume, { first: [0, 0, 0], shape }, null);
  };

  it("reports ascending fractions that end at 1", () => {
    const fractions = [...resampleLabels(source(), TWICE)];
    expect(fractions).toHaveLength(40);
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
    expect(fractions.at(-1)).toBe(1);
  });

  it("can be cancelled between two", async () => {
    const abort = new AbortController();
    const work = inTimeSlices(resampleLabels(source(), TWICE), {
      signal: abort.signal,
      sliceMs: 0,
      onSlice: (fraction) => {
        if (fraction > 0.5) abort.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });
});
