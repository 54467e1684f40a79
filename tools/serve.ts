/** Serves the built files on this machine only. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";
import { dist } from "./build.ts";

export interface Served {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Scripts of a tool by their path below the page's, such as `measure.js`. */
export type ToolScripts = Readonly<Record<string, string>>;

/** What the build names after its content never changes: a browser asks for it once. */
const NAMED_BY_CONTENT = /^\/assets\//;

/** Ports tried from the wanted one on. */
const PORTS_TRIED = 100;

/**
 * @param port the wanted port; the next free one is taken where it is in use. 0 takes any.
 * @param scripts served beside the page, whose policy allows no script from elsewhere and none made from text
 */
export async function serve(port: number, scripts: ToolScripts = {}): Promise<Served> {
  // Files are looked up when they are asked for: the page may be built anew meanwhile.
  const files = sirv(dist, {
    dev: true,
    etag: true,
    setHeaders: (response, path) => {
      if (NAMED_BY_CONTENT.test(path))
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    },
  });
  const server = createServer((request, response) => {
    const script = scripts[request.url?.slice(1) ?? ""];
    if (script === undefined) return files(request, response);
    response.setHeader("Content-Type", "text/javascript");
    response.end(script);
  });
  const actual = await listen(server, port);
  return {
    url: `http://127.0.0.1:${actual}/`,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      // A browser keeps connections open that it may use again.
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The port that the server got. */
async function listen(server: Server, port: number): Promise<number> {
  for (let tried = port; ; tried++) {
    try {
      await new Promise<void>((done, failed) => {
        server.once("error", failed);
        server.listen(tried, "127.0.0.1", () => {
          server.off("error", failed);
          done();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!isTaken || tried >= port + PORTS_TRIED) throw error;
    }
  }
}
