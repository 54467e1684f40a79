/** Developer overlay in a corner of the grid that shows what the last frames cost. */
import { formatCount, plural } from "../../base/format-numbers.ts";
import { formatMs } from "../../base/format-units.ts";
import { type FrameCost, useFrameLog } from "../../state/frame-log.ts";

/** Updates only after a frame and never causes one, because it is text beside the canvas. */
export function FrameTimes() {
  const last = useFrameLog((log) => log.last);
  const frame = last.at(-1);
  return (
    <section className="frame-times on-picture" aria-label="Frame times">
      {frame ? <Facts frame={frame} last={last} /> : "No frame drawn yet"}
    </section>
  );
}

function Facts({ frame, last }: { readonly frame: FrameCost; readonly last: readonly FrameCost[] }) {
  const cpu = last.map(({ cpuMs }) => cpuMs).sort((a, b) => a - b);
  const facts = [
    ["CPU, last frame", `${formatMs(frame.cpuMs)} ms`],
    [`Median of ${last.length}`, `${formatMs(cpu[cpu.length >> 1] ?? Number.NaN)} ms`],
    [`Worst of ${last.length}`, `${formatMs(cpu.at(-1) ?? Number.NaN)} ms`],
    ["Until the GPU is done", `${formatMs(frame.doneMs)} ms`],
    ["Draw calls", formatCount(frame.draws)],
    ["Uploaded", plural(frame.uploadedBytes, "byte")],
  ] as const;
  return (
    <dl>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
