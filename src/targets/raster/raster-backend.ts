/**
 * The backend that writes results with render passes, on devices with enough attachments (raster-pass.ts).
 */
import type { TargetBackend } from "../core/target-backend.ts";
import { decodeBytes, rasterByteDecoder } from "./raster-decode.ts";
import { downsampleBytes, rasterDownsample } from "./raster-downsample.ts";
import { canRaster } from "./raster-pass.ts";

export const rasterBackend: TargetBackend = {
  name: "raster",
  supports: canRaster,
  downsample: rasterDownsample,
  byteDecoder: rasterByteDecoder,
  downsampleBytes,
  decodeBytes,
};
