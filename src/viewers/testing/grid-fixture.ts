/** Small cases and a read-back for the viewers' tests. */
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import { type Grid, voxelCount } from "../../domain/geometry/grid.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";

/** Deterministic numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Creates a volume of `labels` labels in boxes of a few voxels. */
export function boxLabels(grid: Grid, labels: number, seed: number): Source {
  const random = randomNumbers(seed);
  const [, height, width] = grid.shape;
  const boxes = new Map<string, number>();
  const indices = new (labels > 256 ? Uint16Array : Uint8Array)(voxelCount(grid.shape));
  const counts = new Float64Array(labels);
  for (let i = 0; i < indices.length; i++) {
    const [z, y, x] = [Math.floor(i / (width * height)), Math.floor(i / width) % height, i % width];
    const box = `${z >> 1} ${y >> 2} ${x >> 2}`;
    const label = boxes.get(box) ?? Math.floor(random() * labels);
    boxes.set(box, label);
    indices[i] = label;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  const palette = Float64Array.from({ length: labels }, (_, i) => i * 3);
  return { kind: "labels", volume: { grid, palette, indices, counts } };
}

/** Creates a table in which every channel contains a random half of the palette. */
export function randomTable(paletteSize: number, channels: number, seed: number): RegionTable {
  const random = randomNumbers(seed);
  const words = Math.ceil(channels / 32);
  const bits = Uint32Array.from({ length: words * paletteSize }, () => Math.floor(random() * 2 ** 32));
  return { channels, words, paletteSize, bits };
}

/**
 * Returns the viewer's picture of the current state, RGB 0..255 from the top left, without touching the
 * canvas.
 */
export async function readPicture(
  gpu: Gpu,
  viewer: { readonly dirty: boolean; encode(encoder: GPUCommandEncoder, target?: GPUTextureView): void },
  width: number,
  height: number,
): Promise<Uint8Array> {
  const format = navigator.gpu.getPreferredCanvasFormat();
  const usage = GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC;
  const texture = gpu.device.createTexture({ label: "picture", size: [width, height], format, usage });
  const bytesPerRow = Math.ceil((width * 4) / 256) * 256;
  const staging = gpu.buffer(
    "picture",
    bytesPerRow * height,
    GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  );
  do {
    gpu.submit("picture", (encoder) => viewer.encode(encoder, texture.createView()));
    await gpu.device.queue.onSubmittedWorkDone();
    // The viewer stays dirty while its pipeline is being built.
  } while (viewer.dirty);
  gpu.submit("picture", (encoder) => {
    encoder.copyTextureToBuffer({ texture }, { buffer: staging.buffer, bytesPerRow }, [width, height]);
  });
  await staging.buffer.mapAsync(GPUMapMode.READ);
  const bytes = new Uint8Array(staging.buffer.getMappedRange());
  const out = new Uint8Array(width * height * 3);
  const [r, b] = format === "bgra8unorm" ? [2, 0] : [0, 2];
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = y * bytesPerRow + x * 4;
      out[to++] = bytes[from + r] ?? 0;
      out[to++] = bytes[from + 1] ?? 0;
      out[to++] = bytes[from + b] ?? 0;
    }
  staging.dispose();
  texture.destroy();
  return out;
}
