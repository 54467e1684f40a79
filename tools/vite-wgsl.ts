/**
 * Resolves `import kernel from "…/a.wgsl?kernel"` to a {@link KernelSource}: the text of the WGSL file after
 * the files it needs, and the byte layouts of its buffers. Parsing at build time spares the page a WGSL
 * parser, a tenth of what it would load before it shows anything.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import { reflect } from "./reflect-wgsl.ts";

/**
 * Strips what the GPU does not need. Keeps line numbers, so that compile errors still point at the right
 * lines.
 */
export function withoutComments(wgsl: string): string {
  return wgsl
    .split("\n")
    .map((line) => line.replace(/\/\/.*$/, "").trim())
    .join("\n");
}

/**
 * Lists the files that a WGSL file needs, from lines such as `// Needs lib/a.wgsl, lib/b.wgsl.`, and the
 * files that these need in turn; each once, before the files that need it.
 * @param read returns the text of a file by its path below `shaders/`
 */
export function needsOf(wgsl: string, read: (path: string) => string): readonly string[] {
  const found: string[] = [];
  const add = (text: string) => {
    for (const [, list = ""] of text.matchAll(/^\/\/ Needs ((?:[\w/-]+\.wgsl(?:, )?)+)\.$/gm))
      for (const path of list.split(", ")) {
        if (found.includes(path)) continue;
        add(read(path));
        found.push(path);
      }
  };
  add(wgsl);
  return found;
}

const KERNEL = ".wgsl?kernel";
const PART = ".wgsl?part";

export function wgslKernels(): Plugin {
  let minify = false;
  const shown = (wgsl: string) => JSON.stringify(minify ? withoutComments(wgsl) : wgsl);
  return {
    name: "wgsl-kernels",
    enforce: "pre",
    configResolved(config) {
      minify = config.command === "build";
    },
    async load(id) {
      if (!id.endsWith(KERNEL) && !id.endsWith(PART)) return null;
      const file = id.slice(0, id.lastIndexOf("?"));
      const wgsl = readFileSync(file, "utf8");
      if (id.endsWith(PART)) return `export default ${shown(wgsl)};`;
      const root = join(dirname(file), "..");
      const needed = needsOf(wgsl, (path) => readFileSync(join(root, path), "utf8"));
      for (const path of needed) this.addWatchFile(join(root, path));
      const whole = [...needed.map((path) => readFileSync(join(root, path), "utf8")), wgsl].join("\n");
      const imports = needed.map(
        (path, i) => `import part${i} from ${JSON.stringify(`${join(root, path)}?part`)};`,
      );
      const parts = [...needed.map((_, i) => `part${i}`), shown(wgsl)].join(', "\\n", ');
      const layouts = JSON.stringify(await reflect(whole));
      return `${imports.join("\n")}\nexport default { code: "".concat(${parts}), ...${layouts} };`;
    },
  };
}
