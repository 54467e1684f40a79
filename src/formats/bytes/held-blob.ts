/** A file whose bytes are in memory already, so that reading it asks no other process. */

export class HeldBlob implements Blob {
  readonly type = "";
  /** Not to be changed. */
  readonly held: Uint8Array<ArrayBuffer>;

  constructor(held: Uint8Array<ArrayBuffer>) {
    this.held = held;
  }

  get size(): number {
    return this.held.length;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.held.slice().buffer;
  }

  /** A copy, which the caller may change. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.held.slice();
  }

  /** Shares the bytes. @param start and `end` count from the end if they are negative, as in arrays */
  slice(start?: number, end?: number): HeldBlob {
    return new HeldBlob(this.held.subarray(start, end));
  }

  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new Blob([this.held]).stream();
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(this.held);
  }
}
