/** Makes the nonzero mask of channels that are all in memory. */
import type { Triple } from "../geometry/grid.ts";
import { type NonzeroMask, NonzeroMaskBuilder } from "../training-grid/nonzero-mask.ts";
import { finish } from "./finish.ts";

export function nonzeroMaskOf(shape: Triple, channels: readonly ArrayLike<number>[]): NonzeroMask {
  const builder = new NonzeroMaskBuilder(shape);
  for (const channel of channels) finish(builder.add(channel));
  return finish(builder.finish());
}
