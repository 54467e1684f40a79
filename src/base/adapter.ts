/** Describes the GPU that did the work. */
export interface AdapterSummary {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True if the GPU is emulated on the CPU, so that its times say nothing about a real one. */
  readonly software: boolean;
}
