/** Makes the synthetic phantom off the page's thread. */
import { type Phantom, phantom } from "../domain/phantom/phantom.ts";
import type { PhantomRequest } from "./phantom-protocol.ts";
import { serve } from "./serve.ts";

serve<PhantomRequest, Phantom>(phantom, { buffersOf: ({ volume }) => [volume.indices.buffer] });
