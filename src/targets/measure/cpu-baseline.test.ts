/** The CPU baseline makes the targets of the plain version. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { benchRegions } from "../../domain/phantom/bench-workload.ts";
import { axisTables, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { downsample, maskOf } from "../../domain/targets/reference.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { planBlocks } from "../core/block.ts";
import { CpuBaseline } from "./cpu-baseline.ts";

const strides: Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [2, 2, 3],
];

describe.each<[Triple, number]>([
  [[9, 14, 11], 3],
  [[16, 8, 21], 33],
])("the CPU's per-channel targets of %j with %i channels", (shape, channels) => {
  it.each(["nearest-exact", "resize-segmentation"] as const)(
    "equal those of the plain version, %s",
    (mode) => {
      const random = randomFrom(5);
      const labels = Uint8Array.from({ length: shape[0] * shape[1] * shape[2] }, () =>
        Math.floor(random() * 41),
      );
      const volume = volumeFromLabels({ shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] }, labels);
      const source = { kind: "labels", volume } as const;
      const table = regionTable(volume.palette, benchRegions(channels).regions);
      const scales = scalesOf(shape, strides);
      const [block, ...others] = planBlocks(shape, channels, scales, mode, 1 << 30);
      expect(others).toEqual([]);
      if (!block) throw new Error("no block");
      const loader = new CpuBaseline({ source, table, block });
      const times = loader.run();
      expect(times.convert).toBeGreaterThanOrEqual(0);
      let members = 0;
      for (let c = 0; c < channels; c++) {
        const mask = maskOf(source, table, c);
        for (const [s, scale] of scales.entries()) {
          const expected = downsample(mask, shape, axisTables(shape, scale, mode));
          expect(loader.targets(s, c)).toEqual(expected);
          members += expected.reduce((sum, v) => sum + v, 0);
        }
      }
      expect(members).toBeGreaterThan(0);
    },
  );
});
