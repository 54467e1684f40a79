/**
 * Writes the licences of all libraries in a build to `licenses.md`, which goes where the build goes. Vite's
 * own option leaves out what only workers import.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const FILE = "licenses.md";
/** The folder of a package: "…/node_modules/zod" or "…/node_modules/@base-ui/react". */
const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;
const LICENSE = /^(licen[cs]e|notice|copying)/i;

interface Licenses {
  /** For the build of the page or of the program, which writes the file. */
  readonly main: Plugin;
  /** For the builds of workers, which take place while that of the page goes on. */
  readonly ofWorkers: Plugin;
}

export function licenses(): Licenses {
  const folders = new Set<string>();
  const collector = (name: string): Plugin => ({
    name,
    moduleParsed({ id }) {
      const [folder] = PACKAGE.exec(id.replace(/^\0/, "").replace(/\?.*$/, "")) ?? [];
      if (folder) folders.add(folder);
    },
  });
  return {
    ofWorkers: collector("licenses-of-workers"),
    main: {
      ...collector("licenses"),
      generateBundle() {
        this.emitFile({ type: "asset", fileName: FILE, source: licensesText([...folders]) });
      },
    },
  };
}

function licensesText(folders: readonly string[]): string {
  const all = new Map(folders.map((folder) => sectionOf(folder)));
  const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, section]) => section);
  return ["# Licences of the libraries in this build", ...sorted].join("\n\n").concat("\n");
}

/** The library's name and version, and its section. @throws Error if it comes without a licence */
function sectionOf(folder: string): [string, string] {
  const { name, version, license }: Record<string, unknown> = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const title = `${name} ${version}`;
  const texts = readdirSync(folder)
    .filter((file) => LICENSE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (typeof license !== "string" && texts.length === 0) throw new Error(`${title} comes without a licence.`);
  return [
    title,
    [`## ${title} (${license})`, ...texts.map((text) => ["```", text, "```"].join("\n"))].join("\n\n"),
  ];
}
