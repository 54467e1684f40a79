/** Sets up zod for this project: English messages, and no code generated from text. */
import { en } from "zod/locales";
import * as z from "zod/mini";

// With JIT, zod would test whether the page's policy allows such code, which the browser reports as an error.
z.config({ ...en(), jitless: true });

export { z };
