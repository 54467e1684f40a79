/**
 * Sets up the kernel tests of the project `gpu-limits`: default limits, no features, and loops that end after
 * 16,384 iterations.
 */
import { allowDefaultsAlone } from "./default-gpu.ts";
import { limitLoops } from "./limited-loops.ts";

/** A quarter of what the strictest known driver allows. */
const MAX_TURNS = 16_384;

allowDefaultsAlone();
limitLoops(MAX_TURNS);
