/** `npm start`: builds if necessary, serves on this machine only and opens the bundled abdomen case. */
import { main, readOptions } from "./run.ts";
import { servePage } from "./serve-command.ts";

await main(() => {
  const { values } = readOptions(
    { "no-open": { type: "boolean", default: false } },
    "Usage: npm start -- [--no-open]",
  );
  return servePage({ port: null, query: "?sample=abdomen-regions", open: !values["no-open"] });
});
