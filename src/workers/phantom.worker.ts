/** Makes the synthetic phantom and its definition off the page's thread. */
import { automaticColors } from "../domain/colors/automatic-colors.ts";
import { regionSetFromDefinition } from "../domain/dataset/region-set.ts";
import { phantom } from "../domain/phantom/phantom.ts";
import { parseDataset } from "../formats/dataset/dataset.ts";
import type { DefinedPhantom, PhantomRequest } from "./phantom-protocol.ts";
import { serve } from "./serve.ts";

serve<PhantomRequest, DefinedPhantom>(
  (request) => {
    const { volume, definitionText } = phantom(request);
    const definition = parseDataset(definitionText, "dataset.json");
    const { regions } = regionSetFromDefinition(definition);
    return { volume, definition, automaticColors: automaticColors(volume, regions) };
  },
  { buffersOf: ({ volume }) => [volume.indices.buffer] },
);
