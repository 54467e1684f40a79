import { describeReference } from "./testing/reference-suite.ts";

describeReference(new URL("./fixtures/", import.meta.url));
