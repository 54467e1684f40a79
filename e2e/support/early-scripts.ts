/** Scripts that run before anything of the page does, there and in its workers. */
import type { BrowserContext } from "@playwright/test";

/**
 * Before a page's own scripts, and before those of its workers: they inherit nothing of what was done to the
 * page.
 */
export async function runEarly(context: BrowserContext, scripts: readonly string[]): Promise<void> {
  if (scripts.length === 0) return;
  for (const content of scripts) await context.addInitScript({ content });
  await runEarlyInWorkers(context, scripts);
}

export async function runEarlyInWorkers(context: BrowserContext, scripts: readonly string[]): Promise<void> {
  await context.route(/\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: [...scripts, await response.text()].join(";\n") });
  });
}

/**
 * A function of no arguments, or of one that JSON can hold, as a script that calls it. It names nothing
 * outside of itself.
 */
export function calling<T>(script: (argument: T) => unknown, argument?: T): string {
  return `(${script.toString()})(${argument === undefined ? "" : JSON.stringify(argument)})`;
}

/** Errors of the GPU that nobody caught are errors of the page: the test fails on them. */
export function printUncapturedErrors(): void {
  if (typeof GPUAdapter === "undefined") return;
  const { prototype } = GPUAdapter;
  const { requestDevice } = prototype;
  prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor) {
    const device = await requestDevice.call(this, descriptor);
    device.addEventListener("uncapturederror", ({ error }) => console.error(`Uncaptured: ${error.message}`));
    return device;
  };
}
