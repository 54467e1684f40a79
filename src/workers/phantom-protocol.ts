/** Declares the messages between the page and the phantom worker. */
import type { Rgb } from "../base/oklab.ts";
import type { DatasetDefinition } from "../domain/dataset/dataset-definition.ts";
import type { PaletteVolume } from "../domain/volume/palette-volume.ts";

export interface PhantomRequest {
  readonly kind: "phantom";
  /** Edge length of the cubic volume in voxels. */
  readonly size: number;
  readonly regions: number;
}

export interface DefinedPhantom {
  readonly volume: PaletteVolume;
  readonly definition: DatasetDefinition;
  /** By region name. */
  readonly automaticColors: ReadonlyMap<string, Rgb>;
}

export interface PhantomResults {
  readonly phantom: DefinedPhantom;
}
