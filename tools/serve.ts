/** Serves the built files on this machine only. */
import { open } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
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

const READ_BYTES = 1 << 18;

/** Number of ports to try, starting with the wanted one. */
const PORTS_TRIED = 100;

/**
 * Files of this machine that a page may read meanwhile: absolute paths by path below the page's, whose answer
 * has the bytes of each, one file after the other.
 */
export type ServedFiles = ReadonlyMap<string, readonly string[]>;

/**
 * @param files read at each request, so that they may change
 * @param port the wanted port, or the next free one if it is in use; 0 takes any
 * @param scripts served beside the page, whose policy allows neither scripts from elsewhere nor code made
 * from text
 */
export async function serve(
  port: number,
  scripts: ToolScripts = {},
  files: ServedFiles = new Map(),
): Promise<Served> {
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
    const file = files.get(path);
    if (file !== undefined) return send(file, response);
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

/** Sends the bytes as they are stored: whoever asks unpacks them, whatever the files' names promise. */
function send(paths: readonly string[], response: ServerResponse): void {
  const sent = async () => {
    // Its memory is used for every part and every answer: new memory costs more than reading does.
    const part = spare.pop() ?? Buffer.allocUnsafeSlow(READ_BYTES);
    try {
      for (const path of paths) {
        const file = await open(path);
        try {
          for (;;) {
            const { bytesRead } = await file.read(part, 0, READ_BYTES);
            if (bytesRead === 0) break;
            await written(response, part.subarray(0, bytesRead));
          }
        } finally {
          await file.close();
        }
      }
    } finally {
      spare.push(part);
    }
    response.end();
  };
  response.setHeader("Content-Type", "application/octet-stream");
  // Gone or changed, or the page has closed: what has begun ends as an error.
  sent().catch(() => response.destroy());
}

const spare: Buffer[] = [];

/** Resolves once the bytes may be overwritten. */
function written(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((done, failed) => {
    response.write(bytes, (error) => (error ? failed(error) : done()));
  });
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
