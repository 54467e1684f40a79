/** Shaders in the built page: without comments and indentation, which are a third of them. */
import type { Plugin } from "vite";

/** What the GPU needs of a shader. Lines stay where they are, so that compile errors still point at them. */
export function withoutComments(wgsl: string): string {
  return wgsl
    .split("\n")
    .map((line) => line.replace(/\/\/.*$/, "").trim())
    .join("\n");
}

export function smallShaders(): Plugin {
  return {
    name: "small-shaders",
    apply: "build",
    enforce: "post",
    transform(code, id) {
      if (!id.endsWith(".wgsl?raw")) return null;
      const text = /^export default (".*");?\s*$/s.exec(code)?.[1];
      if (text === undefined) throw new Error(`${id} is not text as expected: ${code.slice(0, 60)}`);
      return { code: `export default ${JSON.stringify(withoutComments(JSON.parse(text)))};`, map: null };
    },
  };
}
