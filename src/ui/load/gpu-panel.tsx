import { MonitorX } from "lucide-react";
import { useCommands } from "../../app/commands-context.ts";
import type { GpuUnavailableReason } from "../../state/gpu-slice.ts";
import { useStore } from "../../state/store.ts";

interface Props {
  readonly reason: GpuUnavailableReason;
  /** What the browser said. */
  readonly sentence: string;
}

const TITLES: Readonly<Record<GpuUnavailableReason, string>> = {
  "no-webgpu": "This browser has no WebGPU",
  insecure: "WebGPU needs a secure page",
  "no-adapter": "WebGPU found no graphics adapter",
  "switched-off": "The browser has switched the GPU off",
  "no-device": "There is no GPU device to draw with",
};

const REMEDIES: Readonly<Record<GpuUnavailableReason, readonly string[]>> = {
  "no-webgpu": [
    "Use Chrome or Edge 113 or later; on Linux, Chrome 144 or later, or start it with --enable-unsafe-webgpu --enable-features=Vulkan.",
    "In Firefox, WebGPU may be switched off: about:config, dom.webgpu.enabled.",
  ],
  insecure: [
    "Open this page over https, or from localhost: npm start does that.",
    "To try an address of your own network, Chrome takes it as secure under chrome://flags/#unsafely-treat-insecure-origin-as-secure.",
  ],
  "no-adapter": [
    "In the browser's settings, under System, turn on “Use graphics acceleration when available” and restart it.",
    "If there were pictures earlier, restart the browser: after crashes of its GPU process Chrome switches the GPU off until then.",
    "chrome://gpu says why WebGPU is off; a driver on the block list can be allowed with --enable-unsafe-webgpu.",
    "Without any GPU, start Chrome with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader: slow, but complete.",
  ],
  "switched-off": [
    "Before you restart, save what you edited: the edits, the view and the counts of this page are still here.",
    "If the GPU is gone after the restart too, chrome://gpu says why; update the graphics driver.",
  ],
  "no-device": [
    "Another page or program may hold the GPU's memory: close some and try again.",
    "After several crashes Chrome blocks the GPU for this page until the browser is restarted.",
  ],
};

/** In place of pictures: why there are none, and what helps. */
export function GpuPanel({ reason, sentence }: Props) {
  const commands = useCommands();
  const tries = useStore((s) => s.gpuTries);
  return (
    <section className="gpu-panel" aria-labelledby="gpu-title">
      <MonitorX size={22} aria-hidden />
      <h2 id="gpu-title">{TITLES[reason]}</h2>
      <p>There are no pictures without a GPU. {sentence}</p>
      <ul>
        {REMEDIES[reason].map((remedy) => (
          <li key={remedy}>{remedy}</li>
        ))}
      </ul>
      <p className="muted">
        All else works: regions, findings, the editor, round trip, relations, survival and the report. Voxels
        are counted on the CPU meanwhile.
      </p>
      <button type="button" className="button primary" onClick={() => commands.retryGpu()}>
        Try again
      </button>
      <span className="gpu-tries" role="status">
        {tries === 0
          ? ""
          : tries === 1
            ? "Tried again: still none."
            : `Tried again ${tries} times: still none.`}
      </span>
    </section>
  );
}
