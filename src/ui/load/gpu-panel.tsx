import { MonitorX } from "lucide-react";
import { useCommands } from "../../app/commands-context.ts";
import type { GpuUnavailableReason } from "../../state/gpu-slice.ts";

interface Props {
  readonly reason: GpuUnavailableReason;
  /** What the browser said. */
  readonly sentence: string;
}

const TITLES: Readonly<Record<GpuUnavailableReason, string>> = {
  "no-webgpu": "This browser has no WebGPU",
  "no-adapter": "WebGPU found no graphics adapter",
  "no-device": "There is no GPU device to draw with",
};

const REMEDIES: Readonly<Record<GpuUnavailableReason, readonly string[]>> = {
  "no-webgpu": [
    "Use Chrome or Edge 113 or later; on Linux, Chrome 144 or later, or start it with --enable-unsafe-webgpu --enable-features=Vulkan.",
    "WebGPU is only there over https or on localhost: open this page that way.",
  ],
  "no-adapter": [
    "In the browser's settings, under System, turn on “Use graphics acceleration when available” and restart it.",
    "chrome://gpu says why WebGPU is off; a driver on the block list can be allowed with --enable-unsafe-webgpu.",
    "Without any GPU, start Chrome with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader: slow, but complete.",
  ],
  "no-device": [
    "Another page or program may hold the GPU's memory: close some and try again.",
    "After several crashes Chrome blocks the GPU for this page until the browser is restarted.",
  ],
};

/** In place of the grid: which of the three it is, and what helps. */
export function GpuPanel({ reason, sentence }: Props) {
  const commands = useCommands();
  return (
    <section className="gpu-panel" aria-labelledby="gpu-title">
      <MonitorX size={22} aria-hidden />
      <h2 id="gpu-title">{TITLES[reason]}</h2>
      <p>{sentence}</p>
      <ul>
        {REMEDIES[reason].map((remedy) => (
          <li key={remedy}>{remedy}</li>
        ))}
      </ul>
      <p className="muted">The region table and the findings work without it.</p>
      <button type="button" className="button primary" onClick={() => commands.retryGpu()}>
        Try again
      </button>
    </section>
  );
}
