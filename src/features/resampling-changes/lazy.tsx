/** Parts that show what resampling changed; their scripts load later. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const resamplingView = lazyView(async () => (await import("./resampling-view.tsx")).ResamplingView);
export const placeLine = lazyView(async () => (await import("./place-line.tsx")).PlaceLine);
export const sliceMarks = lazyView(async () => (await import("./slice-marks.tsx")).SliceMarks);
export const gridMarks = lazyView(async () => (await import("./grid-marks.tsx")).GridMarks);
