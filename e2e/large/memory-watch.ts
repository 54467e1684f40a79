/**
 * Tracks the peak memory of a page. It takes two figures, as neither is complete:
 * - All memory of the renderer processes that is not a mapped file, workers and their arrays included. It can
 *   be read while a worker computes. It includes more than scripts and arrays, so it is an upper bound for
 *   them. Linux only.
 * - Heap and array contents of the page's thread, as the browser counts them. A busy thread answers late.
 */
import { existsSync, readFileSync } from "node:fs";
import type { Browser, CDPSession, Page } from "@playwright/test";

export interface MemoryPeaks {
  /** Renderer processes; null where the system does not report it. */
  readonly rendererBytes: number | null;
  /** GPU process; with a software adapter, it also includes the GPU's own memory and the driver's. */
  readonly gpuProcessBytes: number | null;
  readonly pageHeapBytes: number;
  readonly pageArrayBytes: number;
}

const EVERY_MS = 50;

export class MemoryWatch {
  #peaks: MemoryPeaks = { rendererBytes: null, gpuProcessBytes: null, pageHeapBytes: 0, pageArrayBytes: 0 };
  #asking = false;

  private constructor(
    readonly pids: { readonly renderer: readonly number[]; readonly gpu: readonly number[] },
    readonly page: CDPSession,
    readonly timer: { stop(): void },
  ) {}

  static async start(browser: Browser, page: Page): Promise<MemoryWatch> {
    const whole = await browser.newBrowserCDPSession();
    const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
    await whole.detach();
    const pids = (type: string) => processInfo.filter((p) => p.type === type).map(({ id }) => id);
    const session = await page.context().newCDPSession(page);
    let timer: ReturnType<typeof setInterval> | null = null;
    const watch = new MemoryWatch({ renderer: pids("renderer"), gpu: pids("GPU") }, session, {
      stop: () => timer && clearInterval(timer),
    });
    timer = setInterval(() => watch.#look(), EVERY_MS);
    watch.#look();
    return watch;
  }

  /** Returns the peaks since the start or the last call, and resets them. */
  take(): MemoryPeaks {
    this.#look();
    const peaks = this.#peaks;
    this.#peaks = { rendererBytes: null, gpuProcessBytes: null, pageHeapBytes: 0, pageArrayBytes: 0 };
    return peaks;
  }

  stop(): void {
    this.timer.stop();
  }

  #look(): void {
    const { rendererBytes, gpuProcessBytes } = this.#peaks;
    this.#peaks = {
      ...this.#peaks,
      rendererBytes: larger(rendererBytes, ownBytes(this.pids.renderer)),
      gpuProcessBytes: larger(gpuProcessBytes, ownBytes(this.pids.gpu)),
    };
    if (this.#asking) return;
    this.#asking = true;
    this.#ask()
      // The page has closed.
      .catch(() => undefined)
      .finally(() => {
        this.#asking = false;
      })
      .catch(() => undefined);
  }

  async #ask(): Promise<void> {
    const usage = await this.page.send("Runtime.getHeapUsage");
    const { pageHeapBytes, pageArrayBytes } = this.#peaks;
    this.#peaks = {
      ...this.#peaks,
      pageHeapBytes: Math.max(pageHeapBytes, usage.usedSize + usage.embedderHeapUsedSize),
      pageArrayBytes: Math.max(pageArrayBytes, usage.backingStorageSize),
    };
  }
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/** Memory of processes that is not a mapped file; null where the system does not report it. */
function ownBytes(pids: readonly number[]): number | null {
  let bytes: number | null = null;
  for (const pid of pids) {
    const file = `/proc/${pid}/status`;
    if (!existsSync(file)) continue;
    const kiB = readFileSync(file, "utf8").matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm);
    for (const [, amount] of kiB) bytes = (bytes ?? 0) + Number(amount) * 1024;
  }
  return bytes;
}
