/** The window of grey values that an image opens with. */
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { ImageVolume } from "../volume/image-volume.ts";
import { MIN_WINDOW, type WindowLevel } from "./view-values.ts";

/**
 * CT according to the image channel's name, as nnU-Net decides; without dataset.json, if air is at about
 * -1000.
 */
export function isCt(definition: DatasetDefinition | null, image: ImageVolume | null): boolean {
  if (definition) return definition.channelNames[0]?.toLowerCase() === "ct";
  return image !== null && image.min <= -900;
}

/** A soft-tissue window for CT, otherwise the 1st to 99.5th percentile of every nth value of the image. */
export function initialWindow(image: ImageVolume | null, ct: boolean): WindowLevel {
  if (ct || !image) return { level: 40, width: 400 };
  const step = Math.max(1, Math.floor(image.data.length / 20_000));
  const values: number[] = [];
  for (let i = 0; i < image.data.length; i += step) {
    const value = image.data[i] ?? Number.NaN;
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.floor(share * (values.length - 1))] ?? 0;
  const [low, high] = [at(0.01), at(0.995)];
  return high > low ? { level: (low + high) / 2, width: high - low } : fullRange(image);
}

/** The window from the darkest to the brightest value of the image. */
export function fullRange(image: ImageVolume): WindowLevel {
  return { level: (image.min + image.max) / 2, width: Math.max(image.max - image.min, MIN_WINDOW) };
}
