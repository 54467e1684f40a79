/** One entry of `labels` in dataset.json, nothing corrected. */
export interface LabelEntry {
  readonly name: string;
  /** The value as JSON: a number or a list of numbers, if all is well. */
  readonly value: unknown;
  /** The JSON text of the value: `3` and `3.0` are the same number but not the same to Python. */
  readonly text: string;
}

/** `channel_names` as it stands, or version 1's `modality` where that is all there is. */
export interface WrittenChannels {
  readonly key: "channel_names" | "modality";
  /**
   * Its members in textual order, duplicates kept: number and name, `"0": "CT"`, if all is well. Null where
   * it is no object.
   */
  readonly members: readonly { readonly name: string; readonly value: unknown }[] | null;
  /** As JSON. */
  readonly value: unknown;
}

/** A case of `dataset`; paths as they are written. */
export interface ListedCase {
  readonly name: string;
  readonly images: readonly string[];
  readonly label: string | null;
}

/** A key that stands in dataset.json, not within another, more than once; JSON parsers keep the last. */
export interface RepeatedKey {
  readonly name: string;
  readonly times: number;
  /** Whether it has the same value each time. */
  readonly isSame: boolean;
}

/** What dataset.json said, in textual order, nothing corrected. */
export interface DatasetDefinition {
  /** Names of what the file has beside and with `labels`, in textual order. */
  readonly keys: readonly string[];
  /** Duplicate keys kept; JSON parsers, nnU-Net's too, silently keep the last. */
  readonly labels: readonly LabelEntry[];
  readonly regionsClassOrder: readonly unknown[] | null;
  /** `regions_class_order` as it stands, where it is no list; undefined where it is one or is missing. */
  readonly orderNoList?: unknown;
  /** Keys that the file has several times; left out where there are none. */
  readonly repeatedKeys?: readonly RepeatedKey[];
  /** Null where the file has neither key. */
  readonly channels: WrittenChannels | null;
  /** In the order of their numbers; as far as they can be read. */
  readonly channelNames: readonly string[];
  readonly name: string | null;
  /** As it stands; undefined where it is missing. */
  readonly numTraining?: unknown;
  /** Its JSON text: `10` and `10.0` are not the same to Python. */
  readonly numTrainingText?: string;
  /** How many cases `dataset` lists, which takes the place of nnU-Net's folders; null without it. */
  readonly listedCases?: number | null;
  /** What it lists for each of these cases, as far as it can be read: images, and a label file. */
  readonly listed?: readonly ListedCase[];
  readonly fileEnding: string | null;
  /**
   * `overwrite_image_reader_writer`: the class of nnU-Net that is to read the volumes, whatever their ending.
   */
  readonly readerWriter?: string | null;
  /** The file's text as opened, for saving. */
  readonly text: string;
  readonly file: string;
}
