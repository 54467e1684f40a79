/** Serves one build, then another under the same origin, as a web server does on a deployment. */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";

const DIST = new URL("../../dist/", import.meta.url).pathname;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

export interface TwoBuilds {
  /** Serves only the second build from now on. */
  deploy(): void;
  /** Requested paths that do not exist (any more). */
  readonly missing: readonly string[];
  close(): Promise<void>;
}

export const SECOND_TITLE = "Regionscope, the second build";

/** @param port a port of 127.0.0.1 */
export async function serveTwoBuilds(port: number): Promise<TwoBuilds> {
  const second = secondBuild();
  const missing: string[] = [];
  let folder = DIST;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = join(folder, normalize(pathname === "/" ? "/index.html" : pathname));
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
      missing.push(pathname);
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-cache" }).end(readFileSync(path));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    deploy: () => {
      folder = second;
    },
    missing,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(second, { recursive: true });
    },
  };
}

/**
 * Copies the build with new names for all scripts and styles, as a change of the source would give it, and
 * another title.
 */
function secondBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "second-build-"));
  cpSync(DIST, folder, { recursive: true });
  const names = readdirSync(join(folder, "assets"));
  const renamed = new Map(names.map((name) => [name, name.replace(/\.(?=[^.]+$)/, "-2.")]));
  for (const path of ["index.html", "sw.js", ...names.map((name) => `assets/${name}`)]) {
    if (!/\.(html|js|css)$/.test(path)) continue;
    let text = readFileSync(join(folder, path), "utf8");
    for (const [from, to] of renamed) text = text.replaceAll(from, to);
    if (path === "index.html") text = text.replace(/<title>[^<]*/, `<title>${SECOND_TITLE}`);
    if (path === "sw.js") text = text.replace(/(url:"index\.html",revision:")[^"]+/, "$1of-the-second-build");
    writeFileSync(join(folder, path), text);
  }
  for (const [from, to] of renamed) renameSync(join(folder, "assets", from), join(folder, "assets", to));
  return folder;
}
