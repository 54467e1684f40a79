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

/** A tool's scripts by their path below the page's, such as `measure.js`. */
export type ToolScripts = Readonly<Record<string, string>>;

/** The build names these files after their content, so they never change and a browser need not ask again. */
const NAMED_BY_CONTENT = /^\/assets\//;

/** Number of ports to try, starting with the wanted one. */
const PORTS_TRIED = 100;

/**
 * @param port the wanted port, or the next free one if it is in use; 0 takes any
 * @param scripts served beside the page, whose policy allows neither scripts from elsewhere nor code made
 * from text
 */
export async function serve(port: number, scripts: ToolScripts = {}): Promise<Served> {
  // Looks files up at each request, as a tool may rebuild the page meanwhile.
  const page = sirv(dist, {
    dev: true,
    etag: true,
    setHeaders: (response, path) => {
      if (NAMED_BY_CONTENT.test(path))
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    },
  });
  const server = createServer((request, response) => {
    const path = request.url?.slice(1) ?? "";
    const script = scripts[path];
    if (script === undefined) return page(request, response);
    response.setHeader("Content-Type", "text/javascript");
    response.end(script);
  });
  const actual = await listen(server, port);
  return {
    url: `http://127.0.0.1:${actual}/`,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      // A browser keeps idle connections open for reuse.
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Returns the port that the server got. */
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
