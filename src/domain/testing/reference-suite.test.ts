/** Tests against the project's own small set of reference results. */
import { describeReference } from "./reference-suite.ts";

describeReference(new URL("../fixtures/", import.meta.url));
