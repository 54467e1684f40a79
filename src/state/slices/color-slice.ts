/** Where colours come from, and what they tell apart. */

/** What is tinted alike: voxels of one region, or of one label within the shown regions. */
export type ColorBy = "region" | "label";

export interface ColorSlice {
  readonly colorBy: ColorBy;
  /** Whether colours that came with the label file are used; what the user chose is used anyway. */
  readonly fileColors: boolean;
}

export const DEFAULTS: ColorSlice = {
  colorBy: "region",
  fileColors: true,
};
