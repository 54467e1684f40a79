/**
 * Ends the loops of shaders early, as some drivers do: llvmpipe breaks out of an invocation's loops after
 * 65,535 iterations in total, without an error.
 */

/**
 * Rewrites WGSL so that an invocation leaves every loop once all loops together have run `most` iterations.
 */
export function withLimitedLoops(wgsl: string, most: number): string {
  const code = wgsl
    .split("\n")
    .map((line) => line.replace(/\/\/.*$/, ""))
    .join("\n");
  let limited = "";
  let at = 0;
  for (const match of code.matchAll(/\b(?:for|while)\s*\(|\bloop\s*\{/g)) {
    const body = match[0].endsWith("{") ? match.index + match[0].length : bodyOf(code, match.index);
    limited += `${code.slice(at, body)} if (turns_taken >= ${most}u) { break; } turns_taken++; `;
    at = body;
  }
  return at === 0 ? wgsl : `var<private> turns_taken: u32;\n${limited}${code.slice(at)}`;
}

/** Position after the opening brace of the body of the loop that begins at `start`. */
function bodyOf(code: string, start: number): number {
  let depth = 0;
  for (let i = code.indexOf("(", start); i < code.length; i++) {
    if (code[i] === "(") depth++;
    if (code[i] === ")") depth--;
    if (code[i] === "{" && depth === 0) return i + 1;
  }
  throw new Error(`A loop without a body: ${code.slice(start, start + 60)}`);
}

/** Limits the loops of every shader that this page creates from now on. */
export function limitLoops(most: number): void {
  const { prototype } = GPUDevice;
  const { createShaderModule } = prototype;
  prototype.createShaderModule = function (this: GPUDevice, descriptor: GPUShaderModuleDescriptor) {
    return createShaderModule.call(this, { ...descriptor, code: withLimitedLoops(descriptor.code, most) });
  };
}
