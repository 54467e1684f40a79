/** Types of imported WGSL files; see tools/vite-wgsl.ts. */
declare module "*.wgsl?kernel" {
  const source: import("./kernel-layouts.ts").KernelSource;
  export default source;
}
