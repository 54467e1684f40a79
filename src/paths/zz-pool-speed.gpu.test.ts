import { expect, it } from "vitest";
import { scalesOf, defaultStrides } from "../domain/deep-supervision.ts";
import { scaleCells } from "../domain/pooling.ts";
import { benchVolume, benchRegions } from "../domain/phantom.ts";
import { regionTable } from "../domain/region-table.ts";
import { encodeWords } from "../domain/cpu-reference.ts";
import { Gpu } from "../gpu/gpu.ts";
import { settled } from "../gpu/settled.ts";
import { encodePooled } from "./pooling.ts";
it("speed", async () => {
  const gpu = await Gpu.acquire();
  const v = benchVolume(112, 1);
  const shape = v.grid.shape;
  const full = encodeWords(v, regionTable(v.palette, benchRegions(73).regions));
  const source = gpu.upload("s", full, GPUBufferUsage.STORAGE|GPUBufferUsage.COPY_SRC);
  const result = gpu.buffer("r", full.byteLength * 2, GPUBufferUsage.STORAGE|GPUBufferUsage.COPY_DST);
  let off = 0;
  const scales = scalesOf(shape, defaultStrides()).map((s) => { const r = { cells: scaleCells(shape, s), wordOffset: off }; off += s.shape[0]*s.shape[1]*s.shape[2]*3; return r; });
  const out: string[] = [];
  for (let i=0;i<5;i++) for (let r=0;r<2;r++) { const t = performance.now();
    await encodePooled(gpu, { rule:"majority", source, shape, words: 3, scales: scales.slice(i,i+1), result }); await settled(gpu); out.push(`scale${i} ${(performance.now() - t).toFixed(0)}`);}
  for (const rule of ["any", "all", "majority"] as const) for (let r = 0; r < 3; r++) {
    const t = performance.now();
    await encodePooled(gpu, { rule, source, shape, words: 3, scales, result });
    await settled(gpu);
    out.push(`${rule} ${(performance.now() - t).toFixed(0)}`);
  }
  expect(out.join(" ")).toBe("");
});
