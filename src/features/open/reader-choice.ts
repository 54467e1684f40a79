/** The open case follows the reader that plans, dataset.json or the user name. */
import { busyWhile } from "../../app/busy.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import type { CaseGeometry } from "../../domain/reader/file-geometry.ts";
import { type Reader, readerInForce } from "../../domain/reader/reader.ts";
import { caseReread } from "../../state/actions/case-actions.ts";
import { definitionForReader, readerCluesOf } from "../../state/case/case-selectors.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import type { SecondReread } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { readAnew, type Wanted } from "../case/reread-volumes.ts";

/** The reader of files that are open; null where the volumes come from no file. */
export function readerOf(
  geometry: CaseGeometry | null | undefined,
  definition: DatasetDefinition | null,
  plans: Plans | null,
  chosen: Reader | null,
): Reader | null {
  return geometry ? readerInForce({ ...readerCluesOf(geometry, definition, plans), chosen }).reader : null;
}

/**
 * Reads the case by a reader that was chosen; null goes back to the one that nnU-Net takes.
 * @returns what shows it with its second labels, unless another case is open by then
 * @throws the signal's reason when aborted
 */
export async function readAs(
  openCase: OpenCase,
  chosen: Reader | null,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  const { definition, plans } = useStore.getState();
  const reader = readerOf(openCase.geometry, definitionForReader({ definition, openCase }), plans, chosen);
  const wanted = { reader, chosen, transpose: openCase.transpose };
  const now = { ...openCase, ...(await readAnew(openCase, wanted, signal)) };
  const labels = secondOf();
  const second = await secondAnew(now, wanted, signal);
  return async () => {
    if (useStore.getState().openCase !== openCase) return;
    // Others may have been opened in the meantime.
    const last = secondOf() === labels ? second : await secondAnew(now, wanted, signal);
    const store = useStore.getState();
    if (store.openCase === openCase) caseReread(now, last);
  };
}

/** The second labels of a case that is read anew; null without any. */
export async function secondAnew(
  now: OpenCase,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<SecondReread | null> {
  const labels = secondOf();
  if (!labels) return null;
  return busyWhile(async () =>
    (await import("../compare/second-labels.ts")).rereadSecond(labels, now, wanted, signal),
  );
}

function secondOf() {
  const { secondLabels, secondApart } = useStore.getState();
  return secondLabels ?? secondApart?.labels ?? null;
}

/** Shows the open case as this reader gives it: a choice only where nnU-Net would take another. */
export async function readLike(reader: Reader): Promise<void> {
  const { openCase, definition, plans } = useStore.getState();
  if (!openCase?.geometry || openCase.geometry.reader === reader) return;
  const usual = readerOf(openCase.geometry, definitionForReader({ definition, openCase }), plans, null);
  const show = await readAs(openCase, usual === reader ? null : reader, new AbortController().signal);
  await show();
}

/** Shows the open case by the reader that nnU-Net takes with what has joined it. */
export async function followReader(signal: AbortSignal): Promise<void> {
  const { openCase, definition, plans } = useStore.getState();
  if (!openCase?.geometry) return;
  const { chosen, reader } = openCase.geometry;
  const named = definitionForReader({ definition, openCase });
  if (readerOf(openCase.geometry, named, plans, chosen) === reader) return;
  const show = await readAs(openCase, chosen, signal);
  await show();
}
