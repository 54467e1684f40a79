/**
 * What each path does, in a line, and what the patches of a batch are: before a run and above its results.
 */
import { formatShape } from "../../base/format-numbers.ts";
import { PATH_NAMES, type PathName } from "../../domain/targets/target-paths.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { selectPlansPatchSize } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";

const DOES: Readonly<Record<PathName, string>> = {
  "per-channel": "one boolean volume per region, as nnU-Net does",
  "bit-packed": "one bit per region, 32 to a word",
  "label-first": "the labels as they are; the GPU looks up their regions",
};

export function PathList() {
  const source = useStore((s) => s.openCase?.source);
  const planned = useStore(selectPlansPatchSize);
  if (!source) return null;
  const { shape } = sourceGrid(source);
  return (
    <dl className="timing-paths" aria-label="What goes to the GPU">
      {PATH_NAMES.map((path) => (
        <div key={path}>
          <dt>{path}</dt>
          <dd>{DOES[path]}</dd>
        </div>
      ))}
      <div>
        <dt>each patch</dt>
        <dd>
          the whole case, {formatShape(shape)}
          {planned && `${planned}` !== `${shape}` ? ` (plans' patch: ${formatShape(planned)})` : null}
        </dd>
      </div>
    </dl>
  );
}
