#!/usr/bin/env node
/** The program `regionscope`, and the project's scripts of the same names. */
import { runProgram } from "./program.ts";
import { main } from "./run.ts";

await main(() => runProgram(process.argv.slice(2)));
