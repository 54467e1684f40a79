/**
 * The buffer of label colours for the grid's pixels. Written only when the colours change; kept while
 * colouring by region.
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import type { LabelColors } from "./grid-view.ts";

export class LabelColorBuffer {
  readonly #data: GrowingBuffer;
  #written: { readonly colors: LabelColors; readonly paletteSize: number } | null = null;

  constructor(gpu: Gpu) {
    this.#data = new GrowingBuffer(gpu, "grid label colors");
  }

  get buffer(): GPUBuffer {
    return this.#data.buffer;
  }

  write(colors: LabelColors, paletteSize: number): void {
    if (this.#written?.colors === colors && this.#written.paletteSize === paletteSize) return;
    this.#written = { colors, paletteSize };
    this.#data.write(labelColorBytes(colors, paletteSize).buffer);
  }

  dispose(): void {
    this.#data.dispose();
  }
}

/** RGBA bytes per palette entry; all 0 for entries without a colour. */
function labelColorBytes(colors: LabelColors, paletteSize: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(1, paletteSize) * 4);
  for (const [entry, color] of colors.slice(0, paletteSize).entries())
    if (color) bytes.set([...color.map((part) => Math.round(part * 255)), 255], entry * 4);
  return bytes;
}
