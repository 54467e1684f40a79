/**
 * A GPU as WebGPU promises it everywhere, on one that has more: devices with the default limits and no
 * optional features. The browser itself holds the page to them, so that what goes beyond is an error here as
 * it is there, and printed as one.
 */

/**
 * Runs in a page or worker before anything asks for a device. It is handed on as text, so it names nothing
 * outside of itself.
 */
export function allowDefaultsAlone(): void {
  if (typeof GPUAdapter === "undefined") return;
  const { prototype } = GPUAdapter;
  const { requestDevice } = prototype;
  Object.defineProperty(prototype, "features", { get: () => new Set() });
  prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor) {
    const { label = "" } = descriptor ?? {};
    const device = await requestDevice.call(this, { label });
    device.addEventListener("uncapturederror", ({ error }) => console.error(`Uncaptured: ${error.message}`));
    return device;
  };
}

/** The limits of such a device that the page comes near. */
export const DEFAULT_LIMITS = {
  maxBufferSize: 256 << 20,
  maxStorageBufferBindingSize: 128 << 20,
  maxStorageBuffersPerShaderStage: 8,
  maxTextureDimension2D: 8192,
  maxTextureDimension3D: 2048,
  maxColorAttachmentBytesPerSample: 32,
  maxComputeWorkgroupsPerDimension: 65_535,
} as const;
