/**
 * A kernel is WGSL text with a name; this file turns it into a pipeline and its parameters into bytes.
 * Byte layouts are read from the WGSL, never counted by hand.
 */
import { makeShaderDataDefinitions, makeStructuredView } from "webgpu-utils";

export interface Kernel {
  /** Shown in GPU debuggers and error messages; the path of the WGSL file below `shaders/`. */
  readonly label: string;
  readonly code: string;
  /** Pipeline-overridable constants. */
  readonly constants?: Readonly<Record<string, number>>;
}

/** The WGSL of a kernel did not compile; the message quotes the line. */
export class KernelError extends Error {
  override readonly name = "KernelError";
}

/** Cache key: the same source with the same constants is the same pipeline. */
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

type Definitions = ReturnType<typeof makeShaderDataDefinitions>;

/** Of every source that was read: reading WGSL takes longer than a small kernel runs. */
const known = new Map<string, Definitions>();

function definitionsOf({ code }: Kernel): Definitions {
  const definitions = known.get(code) ?? makeShaderDataDefinitions(code);
  known.set(code, definitions);
  return definitions;
}

/**
 * Bytes of a uniform struct.
 * @param variable name of the `var<uniform>` in the kernel
 * @param values field name to number or numbers, as the WGSL struct has them
 */
export function uniformBytes(
  kernel: Kernel,
  variable: string,
  values: Readonly<Record<string, number | readonly number[]>>,
): ArrayBuffer {
  const definition = definitionsOf(kernel).uniforms[variable];
  if (!definition) throw new KernelError(`${kernel.label} has no uniform named ${variable}.`);
  const view = makeStructuredView(definition);
  view.set(values);
  return view.arrayBuffer;
}

/**
 * Bytes of a storage array of structs, at least one.
 * @param variable name of the `var<storage>` in the kernel, of type `array<struct>`
 */
export function arrayBytes(
  kernel: Kernel,
  variable: string,
  struct: string,
  values: readonly object[],
): ArrayBuffer {
  const { structs, storages } = definitionsOf(kernel);
  const [element, definition] = [structs[struct], storages[variable]];
  if (!element || !definition)
    throw new KernelError(`${kernel.label} has no array named ${variable} of ${struct}.`);
  const view = makeStructuredView(definition, new ArrayBuffer(Math.max(1, values.length) * element.size));
  view.set(values);
  return view.arrayBuffer;
}
