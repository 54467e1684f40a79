/** Button in the probe bar that names nnU-Net's reader in use and the header field that places the voxels. */
import { Popover } from "@base-ui/react/popover";
import { fieldText, labelFiles, placementBy } from "../../domain/reader/file-geometry.ts";
import { selectReading } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";
import { readerPopup } from "./lazy.ts";

export function ReaderFact() {
  const reading = useStore(selectReading);
  if (!reading) return null;
  const { labels, reader } = reading.geometry;
  const placement = placementBy(labels, reader);
  const field = fieldText(labels, placement);
  const refuses = labelFiles(reading.geometry).some((file) => placementBy(file, reader).refusal);
  const { codes } = labels;
  return (
    <Popover.Root>
      <Popover.Trigger
        className="link reader-fact"
        data-refuses={refuses || undefined}
        aria-label={`Reader: ${reader}, ${refuses ? `which refuses the file; shown by the ${field}` : `by the ${field}`}`}
        title={`How nnU-Net reads these files${codes ? `: qform_code ${codes.qform}, sform_code ${codes.sform}` : ""}`}
      >
        {reader}
        <span className="reader-field"> · {refuses ? "refused" : field}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" sideOffset={6} align="start">
          <Popover.Popup className="popup facts">
            <Popover.Title className="facts-title">How nnU-Net reads these files</Popover.Title>
            <readerPopup.View />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
