/** Tests against the full reference results, if they are present. */
import { existsSync } from "node:fs";
import { describe, it } from "vitest";
import { describeReference } from "./reference-suite.ts";

/** Megabytes of reference results beside the project, not part of it. */
const folder = new URL("../../../../shared/oracle/", import.meta.url);

if (existsSync(folder)) describeReference(folder);
else describe.skip("the full reference results", () => it("are skipped without their files", () => {}));
