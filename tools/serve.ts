/** Serves the built files on this machine only. */
import { type Plugin, preview } from "vite";
import { root } from "./run.ts";

export interface Served {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Scripts of a tool by their path below the page's, such as `measure.js`. */
export type ToolScripts = Readonly<Record<string, string>>;

/**
 * @param port the wanted port; the next free one is taken where it is in use. 0 takes any.
 * @param scripts served beside the page, whose policy allows no script from elsewhere and none made from text
 */
export async function serve(port: number, scripts: ToolScripts = {}): Promise<Served> {
  const server = await preview({
    root,
    logLevel: "error",
    plugins: [toolScripts(scripts)],
    preview: { host: "127.0.0.1", port, strictPort: false, open: false },
  });
  const address = server.httpServer.address();
  const actual = typeof address === "object" && address ? address.port : port;
  return { url: `http://127.0.0.1:${actual}/`, close: () => server.close() };
}

function toolScripts(scripts: ToolScripts): Plugin {
  return {
    name: "tool-scripts",
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        const script = scripts[request.url?.slice(1) ?? ""];
        if (script === undefined) return next();
        response.setHeader("Content-Type", "text/javascript");
        response.end(script);
      });
    },
  };
}
