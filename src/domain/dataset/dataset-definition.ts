/** Describes dataset.json as written, with nothing corrected. */

/** One entry of `labels` in dataset.json, nothing corrected. */
export interface LabelEntry {
  readonly name: string;
  /** The parsed JSON value; a number or a list of numbers in a valid file. */
  readonly value: unknown;
  /** The JSON text of the value: `3` and `3.0` are the same number, but not to Python. */
  readonly text: string;
}

/** `channel_names` as written, or version 1's `modality` if the file has only that. */
export interface WrittenChannels {
  readonly key: "channel_names" | "modality";
  /**
   * Members in textual order, duplicates kept; a valid file has number and name, `"0": "CT"`. Null if the
   * value is no object.
   */
  readonly members: readonly { readonly name: string; readonly value: unknown }[] | null;
  /** The whole value, parsed from JSON. */
  readonly value: unknown;
}

/** A case listed in `dataset`, with paths as written. */
export interface ListedCase {
  readonly name: string;
  readonly images: readonly string[];
  readonly label: string | null;
}

/** A top-level key of dataset.json that appears more than once; JSON parsers keep the last. */
export interface RepeatedKey {
  readonly name: string;
  readonly times: number;
  /** True if it has the same value each time. */
  readonly isSame: boolean;
}

/** The contents of dataset.json in textual order, nothing corrected. */
export interface DatasetDefinition {
  /** Top-level keys, including `labels`, in textual order. */
  readonly keys: readonly string[];
  /** Includes duplicate keys; JSON parsers, including nnU-Net's, silently keep the last. */
  readonly labels: readonly LabelEntry[];
  readonly regionsClassOrder: readonly unknown[] | null;
  /** `regions_class_order` as written if it is no list; undefined if it is a list or missing. */
  readonly orderNoList?: unknown;
  /** Keys that appear more than once; omitted if none does. */
  readonly repeatedKeys?: readonly RepeatedKey[];
  /** Null if the file has neither key. */
  readonly channels: WrittenChannels | null;
  /** In the order of their numbers, as far as they can be read. */
  readonly channelNames: readonly string[];
  readonly name: string | null;
  /** The value as written; undefined if missing. */
  readonly numTraining?: unknown;
  /** Its JSON text: `10` and `10.0` are not the same to Python. */
  readonly numTrainingText?: string;
  /** Number of cases in `dataset`, which replaces nnU-Net's folders; null without it. */
  readonly listedCases?: number | null;
  /** The images and label file of each of these cases, as far as they can be read. */
  readonly listed?: readonly ListedCase[];
  readonly fileEnding: string | null;
  /** `overwrite_image_reader_writer`: the nnU-Net class that reads the volumes regardless of their ending. */
  readonly readerWriter?: string | null;
  /** The file's text as opened, for saving. */
  readonly text: string;
  readonly file: string;
}
