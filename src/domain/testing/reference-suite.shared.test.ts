import { existsSync } from "node:fs";
import { describe, it } from "vitest";
import { describeReference } from "./reference-suite.ts";

/** Megabytes of reference results that lie beside the project, not in it. */
const folder = new URL("../../../../shared/oracle/", import.meta.url);

if (existsSync(folder)) describeReference(folder);
else describe.skip("the whole of the reference results", () => it("is not at hand", () => {}));
