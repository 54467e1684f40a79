/**
 * The backend that writes results with render passes, on devices with enough attachments (raster-pass.ts).
 */
import type { TargetBackend } from "../core/target-backend.ts";
import { rasterByteDecoder } from "./raster-decode.ts";
import { rasterDownsample } from "./raster-downsample.ts";
import { rasterNeeds } from "./raster-needs.ts";

export const rasterBackend: TargetBackend = {
  name: "raster",
  needs: rasterNeeds,
  downsample: rasterDownsample,
  byteDecoder: rasterByteDecoder,
};
