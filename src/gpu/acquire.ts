/** Gets a device from the browser and tells apart the ways in which that can fail. */
import type { AdapterSummary } from "../base/adapter.ts";
import { errorMessage } from "../base/errors.ts";

type UnavailableReason = "no-webgpu" | "insecure" | "no-adapter" | "no-device";

/** The browser gives no WebGPU device; the message is one sentence with the remedy. */
export class GpuUnavailable extends Error {
  override readonly name = "GpuUnavailable";
  constructor(
    readonly reason: UnavailableReason,
    sentence: string,
  ) {
    super(sentence);
  }
}

/** Limits that large volumes and canvases need. Each is requested at the adapter's maximum. */
const WANTED_LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxTextureDimension2D",
  "maxTextureDimension3D",
  "maxColorAttachmentBytesPerSample",
] as const satisfies readonly (keyof GPUSupportedLimits)[];

const WANTED_FEATURES: readonly GPUFeatureName[] = ["timestamp-query"];

/** Requests a device with the limits and features that the project uses. @throws GpuUnavailable */
export async function acquireDevice(): Promise<{ device: GPUDevice; adapter: AdapterSummary }> {
  if (!navigator.gpu) {
    if (!globalThis.isSecureContext) {
      throw new GpuUnavailable(
        "insecure",
        "Browsers offer WebGPU to secure pages alone. Open this page over https or from localhost.",
      );
    }
    throw new GpuUnavailable(
      "no-webgpu",
      "This browser has no WebGPU. Open the page in Chrome or Edge 113 or later.",
    );
  }
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    throw new GpuUnavailable(
      "no-adapter",
      "WebGPU found no graphics adapter. Turn on hardware acceleration in the browser's settings, update the graphics driver, and see chrome://gpu.",
    );
  }
  const requiredLimits = Object.fromEntries(WANTED_LIMITS.map((name) => [name, adapter.limits[name]]));
  const requiredFeatures = WANTED_FEATURES.filter((name) => adapter.features.has(name));
  try {
    const device = await adapter.requestDevice({ label: "regionscope", requiredLimits, requiredFeatures });
    return { device, adapter: summarise(adapter.info) };
  } catch (cause) {
    const why = errorMessage(cause);
    throw new GpuUnavailable(
      "no-device",
      `The graphics adapter gave no device (${why}). Close other pages that use the GPU, then restart the browser.`,
    );
  }
}

const SOFTWARE_RENDERERS = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/**
 * @param info may be missing or have only empty names, because browsers hide details that could identify
 * users
 */
export function summarise(info: Partial<GPUAdapterInfo> | undefined): AdapterSummary {
  const { vendor = "", architecture = "", device = "", description = "", isFallbackAdapter } = info ?? {};
  return {
    vendor,
    architecture,
    description,
    software:
      isFallbackAdapter === true ||
      SOFTWARE_RENDERERS.test(`${vendor} ${architecture} ${device} ${description}`),
  };
}
