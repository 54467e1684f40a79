/** Counts the page's calls to its GPU device by wrapping the browser's own methods. */
import type { Page } from "@playwright/test";

interface GpuCalls {
  /** The name of each call that created something, such as "createBuffer". */
  readonly created: readonly string[];
  readonly uploadedBytes: number;
  readonly submits: number;
}

declare global {
  interface Window {
    gpuCalls?: { created: string[]; uploadedBytes: number; submits: number };
  }
}

/** Call before opening the page. */
export async function countGpuCalls(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counts = { created: [] as string[], uploadedBytes: 0, submits: 0 };
    window.gpuCalls = counts;
    const wrap = (owner: object, name: string, count: (args: readonly unknown[]) => void) => {
      const original: unknown = Reflect.get(owner, name);
      if (typeof original !== "function") throw new Error(`This browser has no ${name}.`);
      Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
        count(args);
        return Reflect.apply(original, this, args);
      });
    };
    const creators = [
      "createTexture",
      "createBuffer",
      "createBindGroup",
      "createShaderModule",
      "createSampler",
      "createRenderPipeline",
      "createRenderPipelineAsync",
      "createComputePipeline",
      "createComputePipelineAsync",
    ];
    for (const name of creators) wrap(GPUDevice.prototype, name, () => counts.created.push(name));
    wrap(GPUQueue.prototype, "submit", () => counts.submits++);
    wrap(GPUQueue.prototype, "writeBuffer", ([, , data, , size]) => {
      const all = data as ArrayBufferView | ArrayBuffer;
      // The page writes byte arrays, for which `size` is in bytes.
      counts.uploadedBytes += typeof size === "number" ? size : all.byteLength;
    });
    for (const name of ["writeTexture", "copyExternalImageToTexture"])
      wrap(GPUQueue.prototype, name, () => {
        counts.uploadedBytes += Number.POSITIVE_INFINITY;
      });
  });
}

/** All calls since the last time. */
export function gpuCalls(page: Page): Promise<GpuCalls> {
  return page.evaluate(() => {
    const counts = window.gpuCalls;
    if (!counts) throw new Error("Nothing is counted.");
    const taken = { ...counts, created: [...counts.created] };
    counts.created.length = 0;
    counts.uploadedBytes = 0;
    counts.submits = 0;
    return taken;
  });
}
