/** The page without a case: what Regionscope does, and every way to open a case. */
import { FilePlus, FolderOpen } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { SampleId } from "../../app/commands/commands.ts";
import { useCommands } from "../../app/commands/commands-context.ts";
import { ANY_FORMAT } from "../../domain/reader/volume-endings.ts";
import { useStore } from "../../state/store.ts";
import { usePickers } from "../../ui/controls/file-inputs.tsx";
import { gpuPanel } from "./lazy-gpu-panel.ts";
import { PHANTOM_REGIONS, SAMPLES } from "./samples.ts";
import { THUMBNAILS } from "./thumbnails.ts";

export function Welcome() {
  const commands = useCommands();
  const { pickFiles, pickFolder } = usePickers();
  const gpu = useStore((s) => s.gpu);
  return (
    <main className="welcome" tabIndex={-1}>
      <div className="welcome-body">
        <h2>See what nnU-Net trains on</h2>
        <p className="lead">
          Check your nnU-Net labels: see each region at every deep-supervision scale, where small structures
          vanish, and what is wrong with dataset.json. Also times three ways of building the targets on your
          GPU.
        </p>
        {gpu.status === "unavailable" ? <gpuPanel.View reason={gpu.reason} sentence={gpu.sentence} /> : null}
        <section className="drop-target" aria-label="Open your files">
          <p>
            <b>Drop files or a dataset folder here</b>
            <span>Label files ({ANY_FORMAT}); add dataset.json, plans and an image if you have them</span>
          </p>
          <div className="row">
            <button type="button" className="button primary large" onClick={pickFiles}>
              <FilePlus size={16} aria-hidden /> Open files
            </button>
            <button type="button" className="button large" onClick={pickFolder}>
              <FolderOpen size={16} aria-hidden /> Open folder
            </button>
          </div>
          <p className="muted">
            Without dataset.json, each label is its own region. Without plans, the strides are guessed; you
            can edit them. Your files never leave this computer.
          </p>
        </section>
        <h3>Or try a sample</h3>
        <div className="cards">
          {SAMPLES.map((sample) => (
            <button
              key={sample.id}
              type="button"
              className="card"
              onClick={() => commands.openSample(sample.id)}
            >
              <Thumbnail of={sample.id} />
              <span className="card-text">
                <b>{sample.title}</b>
                <span>{sample.line}</span>
              </span>
            </button>
          ))}
          <PhantomCard />
        </div>
      </div>
    </main>
  );
}

function PhantomCard() {
  const commands = useCommands();
  const [regions, setRegions] = useState<number>(PHANTOM_REGIONS.usual);
  const open = (event: FormEvent) => {
    event.preventDefault();
    commands.openPhantom(
      Math.min(PHANTOM_REGIONS.most, Math.max(PHANTOM_REGIONS.least, Math.round(regions))),
    );
  };
  return (
    <form className="card" onSubmit={open}>
      <Thumbnail of="synthetic" />
      <span className="card-text">
        <b>Synthetic phantom</b>
        <span className="row">
          <input
            type="number"
            className="field"
            min={PHANTOM_REGIONS.least}
            max={PHANTOM_REGIONS.most}
            aria-label="Number of regions in the phantom"
            aria-description={`A whole number from ${PHANTOM_REGIONS.least} to ${PHANTOM_REGIONS.most}`}
            value={regions}
            onChange={(event) => setRegions(Number(event.target.value))}
          />
          regions
          <button type="submit" className="button">
            Open phantom
          </button>
        </span>
      </span>
    </form>
  );
}

/** Has no alternative text, because the card's title names the sample. */
function Thumbnail({ of }: { readonly of: SampleId }) {
  return <img src={THUMBNAILS[of]} alt="" width={112} height={76} />;
}
