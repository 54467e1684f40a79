/** Serves the built files on this machine only. */
import { preview } from "vite";
import { root } from "./run.ts";

export interface Served {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param port the wanted port; the next free one is taken where it is in use. 0 takes any. */
export async function serve(port: number): Promise<Served> {
  const server = await preview({
    root,
    logLevel: "error",
    preview: { host: "127.0.0.1", port, strictPort: false, open: false },
  });
  const address = server.httpServer.address();
  const actual = typeof address === "object" && address ? address.port : port;
  return { url: `http://127.0.0.1:${actual}/`, close: () => server.close() };
}
