/** Serves the built files on the port that is given, until it is ended: for browser tests. */
import { serve } from "./serve.ts";

const { url } = await serve(Number(process.argv[2]));
process.stdout.write(`${url}\n`);
