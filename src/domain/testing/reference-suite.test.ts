import { describeReference } from "./reference-suite.ts";

describeReference(new URL("../fixtures/", import.meta.url));
