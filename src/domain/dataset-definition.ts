/** One entry of `labels` in dataset.json, nothing corrected. */
export interface LabelEntry {
  readonly name: string;
  /** The value as JSON: a number or a list of numbers, if all is well. */
  readonly value: unknown;
  /** The JSON text of the value: `3` and `3.0` are the same number but not the same to Python. */
  readonly text: string;
}

/** What dataset.json said, in textual order, nothing corrected. */
export interface DatasetDefinition {
  /** Duplicate keys kept; JSON parsers, nnU-Net's too, silently keep the last. */
  readonly labels: readonly LabelEntry[];
  readonly regionsClassOrder: readonly unknown[] | null;
  readonly channelNames: readonly string[];
  readonly name: string | null;
  readonly fileEnding: string | null;
  /** The file's text as opened, for saving. */
  readonly text: string;
  readonly file: string;
}
