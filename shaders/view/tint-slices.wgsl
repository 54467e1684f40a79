// The colour that the regions give each voxel of a slice: all layers laid over one another, once without and once with the
// stripes of hatched layers. Or the colour that its label gives it. Done when slices, regions or styles change; every pixel then reads one colour.

struct Params {
  layers: u32,
}

struct Cut {
  shape: vec2u,        // voxels, horizontal and vertical
  words: u32,          // where the slice's words begin: [word][vertical][horizontal]
  start: u32,          // of its colours: [vertical][horizontal], two each: between stripes, on stripes
  entries: u32,        // where the palette entries of its voxels begin, which have layers of their own after the others; 0: none
}

// Last is on top.
struct Layer {
  color: vec3f,
  channel: u32,
  fill: f32,           // opacity everywhere
  stripe: f32,         // opacity on stripes
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> cuts: array<Cut>;
@group(0) @binding(2) var<storage, read> layers: array<Layer>;
@group(0) @binding(3) var<storage, read> words: array<u32>;
@group(0) @binding(4) var<storage, read_write> tints: array<vec2u>;

const RUN = 8u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let cut = cuts[id.z];
  let first = id.x * RUN;
  if (first >= cut.shape.x || id.y >= cut.shape.y) {
    return;
  }
  let plane = cut.shape.x * cut.shape.y;
  let end = min(first + RUN, cut.shape.x);
  for (var x = first; x < end; x++) {
    let voxel = id.y * cut.shape.x + x;
    // Premultiplied.
    var between = vec4f(0.0);
    var on = vec4f(0.0);
    let by_label = cut.entries != 0u;
    let first_layer = select(0u, params.layers + words[cut.entries + voxel], by_label);
    let end_layer = select(params.layers, first_layer + 1u, by_label);
    for (var i = first_layer; i < end_layer; i++) {
      let layer = layers[i];
      let word = words[cut.words + (layer.channel >> 5u) * plane + voxel];
      let held = select(f32((word >> (layer.channel & 31u)) & 1u), 1.0, by_label);
      let fill = held * layer.fill;
      between = between * (1.0 - fill) + vec4f(layer.color, 1.0) * fill;
      let stripe = held * layer.stripe;
      on = on * (1.0 - stripe) + vec4f(layer.color, 1.0) * stripe;
    }
    tints[cut.start + voxel] = vec2u(pack4x8unorm(between), pack4x8unorm(on));
  }
}
