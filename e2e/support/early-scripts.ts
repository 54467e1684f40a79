/** Runs scripts before any of the page's own, in the page and in its workers. */
import type { BrowserContext } from "@playwright/test";

/**
 * Runs scripts before the page's own and before those of its workers, which inherit no changes from the page.
 */
export async function runEarly(context: BrowserContext, scripts: readonly string[]): Promise<void> {
  if (scripts.length === 0) return;
  for (const content of scripts) await context.addInitScript({ content });
  await runEarlyInWorkers(context, scripts);
}

export async function runEarlyInWorkers(context: BrowserContext, scripts: readonly string[]): Promise<void> {
  await context.route(/\.worker-[^/]*\.js$/, async (route) => {
    try {
      const response = await route.fetch();
      await route.fulfill({ response, body: [...scripts, await response.text()].join(";\n") });
    } catch (error) {
      // A worker may start just before the test ends, whose pages close then.
      if (!/disposed|closed|Test ended/.test(String(error))) throw error;
    }
  });
}

/**
 * A script that calls a function of no arguments, or of one that JSON can hold. The function must not refer
 * to anything outside itself.
 */
export function calling<T>(script: (argument: T) => unknown, argument?: T): string {
  return `(${script.toString()})(${argument === undefined ? "" : JSON.stringify(argument)})`;
}

/** Reports uncaught GPU errors as errors of the page, so that the test fails on them. */
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
