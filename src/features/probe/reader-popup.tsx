/** Popup to choose a reader, with why it is in use and what it takes from the headers. */
import { Fragment } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { baseName } from "../../base/file-path.ts";
import { groupBy } from "../../base/group-by.ts";
import { definitionForReader, readerCluesOf } from "../../domain/case/case-reading.ts";
import { list } from "../../domain/findings/text.ts";
import {
  type FileGeometry,
  fieldText,
  labelFiles,
  orientationBy,
  placementBy,
} from "../../domain/reader/file-geometry.ts";
import { asReader, READERS, type Reader, readerInForce } from "../../domain/reader/reader.ts";
import { selectReading } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";
import { SelectField } from "../../ui/controls/select-field.tsx";

const BY_RULE = "As nnU-Net chooses";

const HINTS: Readonly<Record<Reader, string>> = {
  SimpleITKIO: "SimpleITK",
  NibabelIO: "nibabel",
  NibabelIOWithReorient: "nibabel, reoriented to RAS first",
  SimpleITKIOWithReorient: "SimpleITK, reoriented to RAS first",
};

export function ReaderPopup() {
  const commands = useCommands();
  const reading = useStore(selectReading);
  const definition = useStore(definitionForReader);
  const plans = useStore((s) => s.plans);
  if (!reading) return null;
  const { geometry, inForce } = reading;
  const byRule = readerInForce({ ...readerCluesOf(geometry, definition, plans), chosen: null });
  const items = [
    { value: BY_RULE, label: `${BY_RULE}: ${byRule.reader}`, hint: HINTS[byRule.reader] },
    ...READERS.map((reader) => ({ value: reader, label: reader, hint: HINTS[reader] })),
  ];
  return (
    <>
      <SelectField
        label="Reader"
        items={items}
        value={geometry.chosen ?? BY_RULE}
        onChange={(value) => commands.chooseReader(asReader(value))}
      />
      <dl className="reader-facts">
        <dt>Why</dt>
        <dd>{inForce.why}</dd>
        {factsOf(labelFiles(geometry), "Labels", geometry.reader)}
        {geometry.image ? factsOf([geometry.image], "Image", geometry.reader) : null}
      </dl>
    </>
  );
}

/** Names the masks only if the reader does not treat them all alike. */
function factsOf(files: readonly FileGeometry[], name: string, reader: Reader) {
  const alike = [...groupBy(files, (file) => factText(file, reader))];
  return alike.map(([text, group]) => (
    <Fragment key={text}>
      <dt>
        {name}
        {alike.length > 1
          ? ` ${list(
              group.map(({ file }) => baseName(file)),
              3,
            )}`
          : ""}
      </dt>
      <dd>{text}</dd>
    </Fragment>
  ));
}

/** Returns, for example, "placed by the sform (code 1), RAS; qform_code 0, sform_code 1". */
function factText(file: FileGeometry, reader: Reader): string {
  const placement = placementBy(file, reader);
  const { codes } = file;
  return (
    `${placement.refusal ? `${reader} refuses the file; shown` : "placed"} by the ${fieldText(file, placement)}, ` +
    `${orientationBy(file, reader)}${codes ? `; qform_code ${codes.qform}, sform_code ${codes.sform}` : ""}`
  );
}
