/**
 * The words of the slice that is shown, at every scale, looked up from palette indices when slice or regions change. Panning,
 * zooming, scrolling, colours and opacity draw from what is there.
 */
import cutCode from "../../shaders/view/cut-slice.wgsl?raw";
import type { PlaneAxes, Triple } from "../domain/grid.ts";
import { strideOf } from "../domain/transpose.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { GrowingBuffer } from "../gpu/growing-buffer.ts";
import { arrayBytes, type Kernel } from "../gpu/kernel.ts";
import type { ResidentTargets } from "../paths/resident-targets.ts";
import { CutPass } from "./cut-pass.ts";
import { sliceOfScale, tableStart } from "./grid-uniforms.ts";

export const cutSliceKernel: Kernel = { label: "view/cut-slice.wgsl", code: cutCode };

/** Where a scale's slice lies among the words. */
export interface CutColumn {
  readonly start: number;
  /** Words between neighbours, horizontal and vertical. */
  readonly stride: readonly [number, number];
  /** From one word of a voxel to the next. */
  readonly wordStride: number;
}

/** What the words were looked up from; another of any is another slice. */
interface Cut {
  readonly shown: ResidentTargets;
  readonly version: number;
  readonly axes: string;
  readonly slices: string;
}

export class SliceCut {
  readonly #pass: CutPass;
  readonly #cuts: GrowingBuffer;
  #columns: readonly CutColumn[] = [];
  #cut: Cut | null = null;

  private constructor(gpu: Gpu, pass: CutPass) {
    this.#pass = pass;
    this.#cuts = new GrowingBuffer(gpu, "slice cuts");
  }

  /** @throws KernelError */
  static async create(gpu: Gpu): Promise<SliceCut> {
    return new SliceCut(gpu, await CutPass.create(gpu, cutSliceKernel));
  }

  /** Holds the slice of every scale after `encode`. */
  get words(): GPUBuffer {
    return this.#pass.result;
  }
  get columns(): readonly CutColumn[] {
    return this.#columns;
  }

  /** Looks the slice through `voxel` up, if it is not what was looked up last. Needs targets with palette indices. */
  encode(encoder: GPUCommandEncoder, shown: ResidentTargets, axes: PlaneAxes, voxel: Triple): void {
    const { resident, targets, scales } = shown;
    const { indices, regionTable } = resident;
    if (!indices || !regionTable) return;
    const across = [axes.horizontal.axis, axes.vertical.axis] as const;
    const slices = targets.scales.map((placed, s) => {
      const scale = scales[s];
      return scale ? sliceOfScale(targets, placed, scale, axes.slice.axis, voxel).index : 0;
    });
    const cut = {
      shown,
      version: resident.regionsVersion,
      axes: [...across, axes.slice.axis].join(),
      slices: slices.join(),
    };
    if (this.#cut && isSame(this.#cut, cut)) return;
    this.#cut = cut;

    const values: object[] = [];
    const columns: CutColumn[] = [];
    let start = 0;
    for (const [s, scale] of scales.entries()) {
      const shape = scale.voxels === 0 ? [0, 0] : across.map((axis) => scale.shape[axis]);
      const [width = 0, height = 0] = shape;
      columns.push({ start, stride: [1, width], wordStride: width * height });
      const tables = across.map((axis) => tableStart(scale, axis));
      const slice_table = tableStart(scale, axes.slice.axis) + (slices[s] ?? 0);
      values.push({ shape, tables, slice_table, start });
      start += width * height * resident.words;
    }
    this.#columns = columns;
    const strides = strideOf(resident.grid.shape);
    this.#cuts.write(arrayBytes(cutSliceKernel, "cuts", "Cut", values));
    const most = (side: 0 | 1) => Math.max(1, ...scales.map(({ shape }) => shape[across[side]]));
    this.#pass.encode(encoder, {
      params: {
        stride: across.map((axis) => strides[axis]),
        slice_stride: strides[axes.slice.axis],
        index_shift: resident.bitsPerIndex === 16 ? 1 : 2,
        palette_size: resident.paletteSize,
        words: resident.words,
      },
      inputs: [this.#cuts.buffer, shown.indexTables, indices, regionTable],
      resultBytes: start * 4,
      shape: [most(0), most(1)],
      slices: scales.length,
    });
  }

  /** Lets go of what belongs to a case: its buffers may be given back. */
  forget(): void {
    this.#cut = null;
    this.#pass.forget();
  }

  dispose(): void {
    this.#pass.dispose();
    this.#cuts.dispose();
  }
}

function isSame(a: Cut, b: Cut): boolean {
  return a.shown === b.shown && a.version === b.version && a.axes === b.axes && a.slices === b.slices;
}
