/** Makes a label map from the open masks, in a worker, to save or to open in their place. */
import { workInBackground } from "../../app/busy.ts";
import { fileStem, saveFile } from "../../app/save-file.ts";
import { errorMessage } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import { labelNamesOf } from "../../domain/masks/label-map.ts";
import { foregroundMasks } from "../../domain/masks/one-hot.ts";
import { isCt } from "../../domain/view/initial-window.ts";
import type { MaskStack } from "../../domain/volume/palette-volume.ts";
import { trainingCasesOf } from "../../formats/dataset/dataset.ts";
import { definitionOfForm } from "../../formats/dataset/new-dataset.ts";
import { channelOf } from "../../formats/intake/roles.ts";
import { labelMapChanged, labelMapWriting, setLabelMapForm } from "../../state/actions/label-map-actions.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import { useStore } from "../../state/store.ts";
import { LabelMapWorker } from "../../workers/label-map.ts";
import type { Loader } from "../open/loader.ts";

/** State of one map while its dialog is open. */
interface Making {
  readonly openCase: OpenCase;
  /** The masks without a background mask. */
  readonly stack: MaskStack;
  readonly abort: AbortController;
  readonly worker: LabelMapWorker;
  /** The label file, written once, on first use. */
  blob: Promise<Blob> | null;
  savedLabels: boolean;
  /** Text of the definition saved last. */
  savedText: string | null;
}

export class LabelMaps {
  readonly #loader: Loader;
  readonly #unsubscribe: () => void;
  #making: Making | null = null;

  constructor(loader: Loader) {
    this.#loader = loader;
    // A map belongs to one case, so another case closes the dialog.
    this.#unsubscribe = useStore.subscribe(
      (s) => s.openCase?.source,
      () => this.close(),
    );
  }

  dispose(): void {
    this.#unsubscribe();
    this.close();
  }

  /** Opens the dialog; does nothing if the case has no masks. */
  make(): void {
    this.close();
    const { openCase } = useStore.getState();
    if (openCase?.source.kind !== "masks") return;
    const abort = new AbortController();
    const worker = new LabelMapWorker(abort.signal);
    const stack = foregroundMasks(openCase.source.stack, openCase.masks?.background ?? null);
    const making = { openCase, stack, abort, worker, blob: null, savedLabels: false, savedText: null };
    this.#making = making;
    setLabelMapForm("further");
    this.#run(making, () => this.#plan(making));
  }

  /** Closes the dialog and cancels its work. */
  close(): void {
    this.#making?.abort.abort();
    this.#making = null;
    if (useStore.getState().labelMap !== null) labelMapChanged(null);
  }

  saveLabels(): void {
    const making = this.#making;
    if (!making) return;
    this.#run(making, async () => {
      saveFile(fileOf(making.openCase), await this.#blobOf(making), "application/gzip");
      making.savedLabels = true;
    });
  }

  saveDefinition(): void {
    const text = this.#definitionText();
    if (!this.#making || text === null) return;
    saveFile("dataset.json", text, "application/json");
    this.#making.savedText = text;
  }

  /** Opens the label map in place of the masks. */
  open(): void {
    const making = this.#making;
    const text = this.#definitionText();
    const { labelMap } = useStore.getState();
    if (!making || text === null || labelMap?.kind !== "made") return;
    const labelNames = labelNamesOf(labelMap.map, making.stack.colors ?? []);
    this.#run(making, async () => {
      const labels = new File([await this.#blobOf(making)], fileOf(making.openCase));
      this.close();
      this.#loader.openInPlace({
        labels,
        definition: new File([text], "dataset.json"),
        labelNames,
        isSaved: { labels: making.savedLabels, definition: making.savedText === text },
      });
    });
  }

  async #plan({ openCase, stack, worker, abort }: Making): Promise<void> {
    const step = "Finding overlapping masks";
    labelMapChanged({ kind: "working", step, fraction: 0 });
    const map = await worker.plan(stack, (fraction) =>
      labelMapChanged(
        fraction < 1
          ? { kind: "working", step, fraction }
          : { kind: "working", step: "Finding the best order of regions", fraction },
      ),
    );
    abort.signal.throwIfAborted();
    labelMapChanged({ kind: "made", map, file: fileOf(openCase), writing: null });
  }

  async #blobOf(making: Making): Promise<Blob> {
    const { openCase, worker, abort } = making;
    labelMapWriting(0);
    making.blob ??= worker.write(fileOf(openCase), openCase.transpose, labelMapWriting);
    const blob = await making.blob;
    abort.signal.throwIfAborted();
    labelMapWriting(null);
    return blob;
  }

  #definitionText(): string | null {
    const { labelMap, labelMapForm } = useStore.getState();
    if (!this.#making || labelMap?.kind !== "made") return null;
    const { image, masks } = this.#making.openCase;
    const { plain, further, ignore } = labelMap.map;
    const form = labelMapForm === "further" ? (further ?? plain) : plain;
    const given = masks?.putAside ?? null;
    const guess = isCt(null, image) ? ["CT"] : ["image"];
    const channelNames = given && given.channelNames.length > 0 ? given.channelNames : guess;
    const { name = null, readerWriter = null } = given ?? {};
    const cases = (given && trainingCasesOf(given)) ?? 1;
    const label = ignore?.label ?? null;
    return definitionOfForm(form, { name, channelNames, cases, readerWriter, ignore: label }).text;
  }

  /** Runs work on one map, marks the page busy, and reports failures in the dialog. */
  #run(making: Making, work: () => Promise<void>): void {
    workInBackground(() =>
      work().catch((error: unknown) => {
        if (making.abort.signal.aborted) return;
        labelMapChanged({ kind: "failed", sentence: errorMessage(error) });
      }),
    );
  }
}

/** Names the label file after the image without its channel number, because nnU-Net pairs the two by name. */
function fileOf({ name, geometry }: OpenCase): string {
  const ofImage = geometry?.image ? channelOf(baseName(geometry.image.file))?.of : null;
  return `${ofImage || fileStem(name)}.nii.gz`;
}
