/**
 * zod as this project uses it: with sentences about what is wrong, and without code that is made from text.
 */
import { en } from "zod/locales";
import * as z from "zod/mini";

// It would try whether the page's policy allows such code, which the browser reports as an error.
z.config({ ...en(), jitless: true });

export { z };
