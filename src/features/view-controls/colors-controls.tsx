/** Controls for colouring by region or label, and with colours from the label file or automatic ones. */
import { setFields } from "../../state/actions/fields-actions.ts";
import { colorsByLabel, hasFileColors, whyNotByLabel } from "../../state/regions/color-source.ts";
import { useStore } from "../../state/store.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import "./legend.css";

export function ColorsControls() {
  const byLabel = useStore(colorsByLabel);
  const whyNot = useStore(whyNotByLabel);
  const fromFile = useStore(hasFileColors);
  const fileColors = useStore((s) => s.fileColors);
  return (
    <div className="colors-controls">
      <div>
        <span>Colour by</span>
        <Segmented
          label="Colour by"
          options={[
            { value: "region", name: "Colour by region", face: "Region" },
            { value: "label", name: "Colour by label", face: "Label", disabled: whyNot !== null },
          ]}
          value={byLabel ? "label" : "region"}
          onChange={(colorBy) => setFields({ colorBy })}
        />
      </div>
      {fromFile ? (
        <div>
          <span>Colours</span>
          <Segmented
            label="Colours"
            options={[
              { value: "file", name: "Colours from the file", face: "From file" },
              { value: "automatic", name: "Automatic colours", face: "Automatic" },
            ]}
            value={fileColors ? "file" : "automatic"}
            onChange={(chosen) => setFields({ fileColors: chosen === "file" })}
          />
        </div>
      ) : null}
      {whyNot ? <p>{whyNot}</p> : null}
    </div>
  );
}
