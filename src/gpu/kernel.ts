/**
 * Kernels are named WGSL texts; this file turns their parameters into bytes and their errors into sentences.
 */
import { type KernelSource, type StructValues, writeStruct } from "./kernel-layouts.ts";

export interface Kernel extends KernelSource {
  /** Name in GPU debuggers and error messages: the path of the WGSL file below `shaders/`. */
  readonly label: string;
  /** Pipeline-overridable constants. */
  readonly constants?: Readonly<Record<string, number>>;
}

/** The WGSL of a kernel did not compile; the message quotes the line. */
export class KernelError extends Error {
  override readonly name = "KernelError";
}

/** Cache key: equal source and constants give the same pipeline. */
export function kernelKey(kernel: Kernel): string {
  return `${JSON.stringify(kernel.constants ?? {})}\n${kernel.code}`;
}

/** Formats compiler messages as `label:line:column: text`, each followed by the source line. */
export function describeMessages(kernel: Kernel, messages: readonly GPUCompilationMessage[]): string {
  const lines = kernel.code.split("\n");
  return messages
    .filter((m) => m.type === "error")
    .map((m) => `${kernel.label}:${m.lineNum}:${m.linePos}: ${m.message}\n    ${lines[m.lineNum - 1] ?? ""}`)
    .join("\n");
}

/**
 * Encodes a uniform struct; fields without a value are zero.
 * @param variable name of the `var<uniform>` in the kernel
 * @param values numbers by field name, as in the WGSL struct
 */
export function uniformBytes(kernel: Kernel, variable: string, values: StructValues): ArrayBuffer {
  const layout = kernel.uniforms[variable];
  if (!layout) throw new KernelError(`${kernel.label} has no uniform named ${variable}.`);
  const bytes = new ArrayBuffer(layout.size);
  writeStruct(layout, values, new DataView(bytes));
  return bytes;
}

/**
 * Encodes a storage array of structs, with room for at least one.
 * @param variable name of the `var<storage>` in the kernel, of type `array<struct>`
 */
export function arrayBytes(kernel: Kernel, variable: string, values: readonly StructValues[]): ArrayBuffer {
  const layout = kernel.arrays[variable];
  if (!layout) throw new KernelError(`${kernel.label} has no array of structs named ${variable}.`);
  const bytes = new ArrayBuffer(Math.max(1, values.length) * layout.size);
  const view = new DataView(bytes);
  values.forEach((element, i) => {
    writeStruct(layout, element, view, i * layout.size);
  });
  return bytes;
}
