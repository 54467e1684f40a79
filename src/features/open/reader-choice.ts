/** Rereads the open case with the reader that plans, dataset.json or the user name. */
import { busyWhile } from "../../app/busy.ts";
import { definitionForReader, readerCluesOf } from "../../domain/case/case-reading.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import type { CaseGeometry } from "../../domain/reader/file-geometry.ts";
import { type Reader, readerInForce } from "../../domain/reader/reader.ts";
import { caseReread } from "../../state/actions/case-actions.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import type { SecondReread } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { readAnew, type Wanted } from "../case/reread-volumes.ts";

/** Returns the reader for a case's files, or null if its volumes come from no file. */
export function readerOf(
  geometry: CaseGeometry | null | undefined,
  definition: DatasetDefinition | null,
  plans: Plans | null,
  chosen: Reader | null,
): Reader | null {
  return geometry ? readerInForce({ ...readerCluesOf(geometry, definition, plans), chosen }).reader : null;
}

/**
 * Reads the case with the chosen reader; null returns to the one that nnU-Net would choose.
 *
 * @param openCase on the stored grid
 * @returns a function that shows the result with its second labels, unless another case has been opened
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
    if (selectStoredCase(useStore.getState()) !== openCase) return;
    // Other second labels may have been opened meanwhile.
    const last = secondOf() === labels ? second : await secondAnew(now, wanted, signal);
    if (selectStoredCase(useStore.getState()) === openCase) caseReread(now, last);
  };
}

/** Rereads the second labels to match a reread case; returns null if there are none. */
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

/** Shows the open case with this reader, and records it as chosen only if nnU-Net would take another. */
export async function readLike(reader: Reader): Promise<void> {
  const { definition, plans } = useStore.getState();
  const openCase = selectStoredCase(useStore.getState());
  if (!openCase?.geometry || openCase.geometry.reader === reader) return;
  const usual = readerOf(openCase.geometry, definitionForReader({ definition, openCase }), plans, null);
  const show = await readAs(openCase, usual === reader ? null : reader, new AbortController().signal);
  await show();
}

/** Rereads the open case if plans or dataset.json opened since then change nnU-Net's choice of reader. */
export async function followReader(signal: AbortSignal): Promise<void> {
  const { definition, plans } = useStore.getState();
  const openCase = selectStoredCase(useStore.getState());
  if (!openCase?.geometry) return;
  const { chosen, reader } = openCase.geometry;
  const named = definitionForReader({ definition, openCase });
  if (readerOf(openCase.geometry, named, plans, chosen) === reader) return;
  const show = await readAs(openCase, chosen, signal);
  await show();
}
