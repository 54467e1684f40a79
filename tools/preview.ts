/** Serves the built files on a given port until it is stopped, for the browser tests. */
import { serve } from "./serve.ts";

const { url } = await serve(Number(process.argv[2]));
process.stdout.write(`${url}\n`);
