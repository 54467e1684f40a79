/**
 * Restricts a GPU to what WebGPU guarantees everywhere: devices with the default limits and no optional
 * features. The browser itself enforces the limits, so exceeding one is an error here, as it would be there,
 * and is printed.
 */

/**
 * Run in a page or worker before anything requests a device. Tests may pass it on as text, so it must not
 * refer to anything outside itself.
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

/** The limits of such a device that the page comes close to. */
export const DEFAULT_LIMITS = {
  maxBufferSize: 256 << 20,
  maxStorageBufferBindingSize: 128 << 20,
  maxStorageBuffersPerShaderStage: 8,
  maxTextureDimension2D: 8192,
  maxTextureDimension3D: 2048,
  maxColorAttachmentBytesPerSample: 32,
  maxComputeWorkgroupsPerDimension: 65_535,
} as const;
