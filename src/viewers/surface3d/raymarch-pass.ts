/**
 * The picture of the 3D view, in its own textures: marched when something changes, drawn to the screen
 * whenever needed.
 */
import type { Size } from "../../base/pair.ts";
import { BindGroupCache } from "../../gpu/bind-group-cache.ts";
import type { Gpu, GpuBuffer, GpuTexture } from "../../gpu/gpu.ts";
import { type Kernel, uniformBytes } from "../../gpu/kernel.ts";
import { type PipelineVariants, pipelineVariants, sharedLayout } from "../shared/pipeline-variants.ts";
import { surfaceKernels } from "./surface-kernels.ts";

const PICTURE_FORMAT = "rgba8unorm";
const HIT_FORMAT = "r32uint";

const { march, marchTransparent, draw } = surfaceKernels;
const shaderStages = { vertex: { entryPoint: "corner" }, fragment: { entryPoint: "pixel" } };

/** How a picture is marched: with transparent layers or without, and with a clip or without. */
export interface Marching {
  readonly transparent: boolean;
  readonly clip: boolean;
}

/** The kernel that marches. */
const kernelOf = ({ transparent }: Marching) => (transparent ? marchTransparent : march);

/** The pipelines that make and draw a picture. */
export interface SurfacePipelines {
  readonly march: PipelineVariants<Marching>;
  readonly draw: GPURenderPipeline;
}

/**
 * Builds what the first picture needs, and the rest on first use.
 * @param onBuilding called with the build of another variant
 * @throws KernelError
 */
export async function surfacePipelines(
  gpu: Gpu,
  format: GPUTextureFormat,
  onBuilding: (building: Promise<void>) => void,
): Promise<SurfacePipelines> {
  const first: Marching = { transparent: false, clip: false };
  const build = (how: Marching) => {
    const building = marchPipeline(gpu, how);
    if (how !== first) onBuilding(building.then(() => undefined));
    return building;
  };
  const [variants, drawn] = await Promise.all([
    pipelineVariants(sharedLayout(gpu, march), first, build),
    gpu.renderPipeline(`${draw.label} ${format}`, async () => {
      const module = await gpu.shaderModule(draw);
      return gpu.device.createRenderPipelineAsync({
        label: `${draw.label} ${format}`,
        layout: "auto",
        vertex: { module, ...shaderStages.vertex },
        fragment: { module, ...shaderStages.fragment, targets: [{ format }] },
      });
    }),
  ]);
  return { march: variants, draw: drawn };
}

function marchPipeline(gpu: Gpu, how: Marching): Promise<GPURenderPipeline> {
  const kernel = kernelOf(how);
  const label = `${kernel.label}${how.clip ? " with cut" : ""}`;
  return gpu.renderPipeline(label, async () => {
    const module = await gpu.shaderModule(kernel);
    return gpu.device.createRenderPipelineAsync({
      label,
      layout: gpu.device.createPipelineLayout({ label, bindGroupLayouts: [sharedLayout(gpu, kernel)] }),
      vertex: { module, ...shaderStages.vertex },
      fragment: {
        module,
        ...shaderStages.fragment,
        constants: { with_clip: how.clip ? 1 : 0 },
        targets: [{ format: PICTURE_FORMAT }, { format: HIT_FORMAT }],
      },
    });
  });
}

export class RaymarchPass {
  readonly #gpu: Gpu;
  readonly #pipelines: SurfacePipelines;
  /** By kernel, one entry per slab that the picture is marched from. */
  readonly #parts = new Map<Kernel, { readonly params: GpuBuffer; readonly bindings: BindGroupCache }[]>();
  readonly #drawParams: GpuBuffer;
  readonly #sampler: GPUSampler;
  #textures: { color: GpuTexture; hits: GpuTexture; views: GPUTextureView[]; group: GPUBindGroup } | null =
    null;
  #drawn: Size = [0, 0];

  constructor(gpu: Gpu, pipelines: SurfacePipelines) {
    this.#gpu = gpu;
    this.#pipelines = pipelines;
    this.#drawParams = gpu.uniforms(draw, "params", {});
    this.#sampler = gpu.device.createSampler({ label: draw.label, magFilter: "linear", minFilter: "linear" });
  }

  /** The part of the textures with the newest picture, from the top left; [0, 0] before the first. */
  get drawn(): Size {
    return this.#drawn;
  }
  get color(): GPUTexture | null {
    return this.#textures?.color.texture ?? null;
  }
  /** 1 + the index of the voxel in the scale; 0 for the background. */
  get hits(): GPUTexture | null {
    return this.#textures?.hits.texture ?? null;
  }

  /** Null while it is being built, and if it could not be. */
  pipeline(how: Marching): GPURenderPipeline | null {
    try {
      return this.#pipelines.march.pipeline(how);
    } catch {
      // Whoever follows the build knows why. Other pictures can still be drawn, and slices beside them.
      return null;
    }
  }

  /**
   * Marches a picture of `drawn` pixels into textures of `size`.
   * @param scene null to show only the background
   */
  encode(
    encoder: GPUCommandEncoder,
    {
      size,
      drawn,
      background,
      scene,
    }: {
      readonly size: Size;
      readonly drawn: Size;
      readonly background: readonly [number, number, number];
      readonly scene: {
        /** One part per slab of voxels; each draws its visible voxels, and the background. */
        readonly parts: readonly {
          readonly params: Readonly<Record<string, number | readonly number[]>>;
          /**
           * Index tables, voxels, layers, occupancy, distances; with transparent layers, the occupancy of
           * opaque ones.
           */
          readonly buffers: readonly GPUBuffer[];
        }[];
        readonly how: Marching;
        /** Of {@link RaymarchPass.pipeline}. */
        readonly pipeline: GPURenderPipeline;
      } | null;
    },
  ): void {
    const { views } = this.#texturesOf(size);
    this.#drawn = drawn;
    this.#gpu.write(this.#drawParams, uniformBytes(draw, "params", { drawn: [...drawn] }));
    const [r, g, b] = background;
    const [color, hits] = views;
    if (!color || !hits) return;
    const attach = { loadOp: "clear", storeOp: "store" } as const;
    const pass = encoder.beginRenderPass({
      label: march.label,
      colorAttachments: [
        { ...attach, view: color, clearValue: { r, g, b, a: 1 } },
        { ...attach, view: hits, clearValue: [0, 0, 0, 0] },
      ],
    });
    if (scene) {
      const kernel = kernelOf(scene.how);
      pass.setPipeline(scene.pipeline);
      pass.setViewport(0, 0, drawn[0], drawn[1], 0, 1);
      pass.setScissorRect(0, 0, drawn[0], drawn[1]);
      for (const [i, { params, buffers }] of scene.parts.entries()) {
        const own = this.#part(kernel, i);
        this.#gpu.write(own.params, uniformBytes(kernel, "params", params));
        pass.setBindGroup(0, own.bindings.of([own.params.buffer, ...buffers]));
        pass.draw(3);
      }
    }
    pass.end();
  }

  /** Draws the newest picture into a rectangle of a pass, in device px, and leaves the viewport set to it. */
  draw(pass: GPURenderPassEncoder, rect: { x: number; y: number; width: number; height: number }): void {
    if (!this.#textures || this.#drawn[0] === 0) return;
    pass.setPipeline(this.#pipelines.draw);
    pass.setBindGroup(0, this.#textures.group);
    pass.setViewport(rect.x, rect.y, rect.width, rect.height, 0, 1);
    pass.draw(3);
  }

  /** Drops references to a case's buffers, so that they can be freed. */
  forget(): void {
    for (const { bindings } of [...this.#parts.values()].flat()) bindings.forget();
  }

  dispose(): void {
    this.forget();
    this.#freeTextures();
    for (const { params } of [...this.#parts.values()].flat()) params.dispose();
    this.#drawParams.dispose();
  }

  #part(kernel: Kernel, index: number) {
    const parts = this.#parts.get(kernel) ?? [];
    this.#parts.set(kernel, parts);
    const made = parts[index] ?? {
      params: this.#gpu.uniforms(kernel, "params", {}),
      bindings: new BindGroupCache(this.#gpu, kernel.label, sharedLayout(this.#gpu, kernel)),
    };
    parts[index] = made;
    return made;
  }

  #freeTextures(): void {
    this.#textures?.color.dispose();
    this.#textures?.hits.dispose();
    this.#textures = null;
    this.#drawn = [0, 0];
  }

  #texturesOf(size: Size) {
    const made = this.#textures;
    if (made && made.color.texture.width === size[0] && made.color.texture.height === size[1]) return made;
    this.#freeTextures();
    const usage = GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC;
    const color = this.#gpu.texture(
      "surface picture",
      size,
      PICTURE_FORMAT,
      usage | GPUTextureUsage.TEXTURE_BINDING,
    );
    const hits = this.#gpu.texture("surface hits", size, HIT_FORMAT, usage);
    const views = [color, hits].map(({ texture, label }) => texture.createView({ label }));
    const group = this.#gpu.device.createBindGroup({
      label: draw.label,
      layout: this.#pipelines.draw.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: { buffer: this.#drawParams.buffer } },
        { binding: 1, resource: views[0] as GPUTextureView },
        { binding: 2, resource: this.#sampler },
      ],
    });
    this.#textures = { color, hits, views, group };
    return this.#textures;
  }
}
