/** What is known about the GPU that did the work. */
export interface AdapterSummary {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** Emulated on the CPU: its times say nothing about a GPU. */
  readonly software: boolean;
}
