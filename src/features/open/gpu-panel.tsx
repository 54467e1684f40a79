/** Panel shown in place of the image views when WebGPU is unavailable: the reason and the remedies. */
import { MonitorX } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import type { GpuUnavailableReason } from "../../state/slices/gpu-slice.ts";
import { useStore } from "../../state/store.ts";

interface Props {
  readonly reason: GpuUnavailableReason;
  /** The browser's own explanation. */
  readonly sentence: string;
}

const TITLES: Readonly<Record<GpuUnavailableReason, string>> = {
  "no-webgpu": "This browser has no WebGPU",
  insecure: "WebGPU needs a secure page",
  "no-adapter": "WebGPU found no graphics adapter",
  "switched-off": "The browser has switched the GPU off",
  "no-device": "No GPU device is available",
};

const REMEDIES: Readonly<Record<GpuUnavailableReason, readonly string[]>> = {
  "no-webgpu": [
    "On Linux, use Chrome 144 or later, or start it with --enable-unsafe-webgpu --enable-features=Vulkan.",
    "In Firefox, WebGPU may be switched off: about:config, dom.webgpu.enabled.",
  ],
  insecure: [
    "Open this page over https, or from localhost: npm start does that.",
    "To use an address on your own network, tell Chrome to treat it as secure: chrome://flags/#unsafely-treat-insecure-origin-as-secure.",
  ],
  "no-adapter": [
    "In the browser's settings, under System, turn on “Use graphics acceleration when available” and restart it.",
    "If images were drawn earlier, restart the browser: after crashes of its GPU process, Chrome switches the GPU off until then.",
    "chrome://gpu shows why WebGPU is off; --enable-unsafe-webgpu allows a driver on the block list.",
    "Without any GPU, start Chrome with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader (slow, but everything works).",
  ],
  "switched-off": [
    "Save your edits before you restart: the edits, the view and the counts on this page are still here.",
    "If the GPU is still missing after the restart, chrome://gpu shows why; update the graphics driver.",
  ],
  "no-device": [
    "Another page or program may be using the GPU's memory: close some and try again.",
    "After several crashes Chrome blocks the GPU for this page until the browser is restarted.",
  ],
};

export function GpuPanel({ reason, sentence }: Props) {
  const commands = useCommands();
  const tries = useStore((s) => s.gpuTries);
  return (
    <section className="gpu-panel" aria-labelledby="gpu-title">
      <MonitorX size={22} aria-hidden />
      <h2 id="gpu-title">{TITLES[reason]}</h2>
      <p>Images cannot be drawn without a GPU. {sentence}</p>
      <ul>
        {REMEDIES[reason].map((remedy) => (
          <li key={remedy}>
            <WithFlags text={remedy} />
          </li>
        ))}
      </ul>
      <p className="muted">
        Regions, findings, the editor, round trip, relations, survival and both reports still work: voxels are
        counted on the CPU. Compare and timing need a GPU.
      </p>
      <button type="button" className="button primary" onClick={() => commands.retryGpu()}>
        Try again
      </button>
      <span className="gpu-tries" role="status">
        {tries === 0
          ? ""
          : tries === 1
            ? "Tried again: still no GPU."
            : `Tried again ${tries} times: still no GPU.`}
      </span>
    </section>
  );
}

/** Marks command-line flags as code, so that they do not wrap. */
function WithFlags({ text }: { readonly text: string }) {
  const parts = text.split(/(?<= )(--[\w=-]+)/);
  // Splitting by a capture group puts the flags at odd indices.
  return parts.map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part));
}
