/**
 * Shaders whose loops end early, as some drivers end them: llvmpipe breaks out of the loops of an invocation
 * after 65,535 turns in all, and says nothing.
 */

/** WGSL in which an invocation leaves every loop once all of them together have taken `most` turns. */
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

/** Behind the brace that opens the body of the loop that begins at `start`. */
function bodyOf(code: string, start: number): number {
  let depth = 0;
  for (let i = code.indexOf("(", start); i < code.length; i++) {
    if (code[i] === "(") depth++;
    if (code[i] === ")") depth--;
    if (code[i] === "{" && depth === 0) return i + 1;
  }
  throw new Error(`A loop without a body: ${code.slice(start, start + 60)}`);
}

/** Every shader that is made from now on in this page is one with limited loops. */
export function limitLoops(most: number): void {
  const { prototype } = GPUDevice;
  const { createShaderModule } = prototype;
  prototype.createShaderModule = function (this: GPUDevice, descriptor: GPUShaderModuleDescriptor) {
    return createShaderModule.call(this, { ...descriptor, code: withLimitedLoops(descriptor.code, most) });
  };
}
