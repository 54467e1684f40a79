/** Makes the synthetic phantom and its definition off the page's thread. */
import { phantom } from "../domain/phantom/phantom.ts";
import { parseDataset } from "../formats/dataset/dataset.ts";
import type { DefinedPhantom, PhantomRequest } from "./phantom-protocol.ts";
import { serve } from "./serve.ts";

serve<PhantomRequest, DefinedPhantom>(
  (request) => {
    const { volume, definitionText } = phantom(request);
    return { volume, definition: parseDataset(definitionText, "dataset.json") };
  },
  { buffersOf: ({ volume }) => [volume.indices.buffer] },
);
