// Composites the regions in each voxel of a slice: its colour without and with the stripes of hatched layers,
// or the colour of its label, and the topmost outline along each of its four edges. This runs when slices,
// regions or styles change; every pixel then reads one colour and one word of outlines.

struct Params {
  layers: u32,
  words: u32,
  first_extract: u32,
  per_invocation: u32, // voxels along the horizontal axis
}

struct Extract {
  shape: vec2u,        // voxels, horizontal and vertical
  words: u32,          // start of the slice's words: [word][vertical][horizontal]
  start: u32,          // start of its tints, three per voxel: between stripes, on stripes, outlines
  entries: u32,        // start of its palette entries, whose layers follow the others; 0: none
}

// The last layer is on top.
struct Layer {
  color: vec3f,
  channel: u32,
  fill: f32,           // opacity everywhere
  stripe: f32,         // opacity on stripes
  outlined: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> extracts: array<Extract>;
@group(0) @binding(2) var<storage, read> layers: array<Layer>;
@group(0) @binding(3) var<storage, read> words: array<u32>;
@group(0) @binding(4) var<storage, read_write> composites: array<u32>;

// Bit of a tint that marks voxels with outlines; most pixels need not read them.
const HAS_OUTLINES = 0x1000000u;

// Premultiplied: one byte each of red, green and blue, one unused bit, and seven bits of opacity. Fully
// transparent and fully opaque stay exact. The bytes follow the opacity that is kept, so that white over
// white stays white.
fn packed(color: vec4f) -> u32 {
  let opacity = round(color.a * 127.0);
  return pack4x8unorm(vec4f(color.rgb * (opacity * (1.0 / 127.0)), 0.0)) | (u32(opacity) << 25u);
}

// A colour and its opacity under one more layer. A layer as opaque as those below has its own colour, so that
// a structure looks like its swatch and not like a mixture with the regions it is part of; a fainter one lets
// them show through. No voxel is more opaque than its most opaque layer.
fn under(below: vec4f, color: vec3f, opacity: f32) -> vec4f {
  let share = min(1.0, opacity / max(below.a, 1e-6));
  return vec4f(mix(below.rgb, color, share), max(below.a, opacity));
}

// Packed colours between and on stripes, of those layers from begin to end that contain the voxel, or
// of all of them if `holds`.
fn composite(first: u32, slice_voxels: u32, begin: u32, end: u32, holds: bool) -> vec2u {
  var between = vec4f(0.0);
  var on = vec4f(0.0);
  for (var i = begin; i < end; i++) {
    let layer = layers[i];
    let word = words[first + (layer.channel >> 5u) * slice_voxels];
    let held = select(f32((word >> (layer.channel & 31u)) & 1u), 1.0, holds);
    between = under(between, layer.color, held * layer.fill);
    on = under(on, layer.color, held * layer.stripe);
  }
  return vec2u(packed(between), packed(on));
}

// One byte per edge (left, right, above, below): 1 + the topmost outlined layer that contains this voxel and
// not the one across, or 0.
fn edges(first: u32, slice_voxels: u32, around: vec4u, is_beyond: vec4<bool>, count: u32) -> u32 {
  var top = vec4u(0u);
  for (var i = 0u; i < count; i++) {
    let layer = layers[i];
    let word = first + (layer.channel >> 5u) * slice_voxels;
    let here = (words[word] >> (layer.channel & 31u)) & layer.outlined;
    let across = vec4u(words[word + around.x], words[word + around.y], words[word + around.z], words[word + around.w]);
    let is_across = ((across >> vec4u(layer.channel & 31u)) & vec4u(1u)) != vec4u(0u);
    top = select(top, vec4u(i + 1u), (!is_across | is_beyond) & vec4<bool>(here != 0u));
  }
  return top.x | (top.y << 8u) | (top.z << 16u) | (top.w << 24u);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let extract = extracts[params.first_extract + id.z];
  let begin = id.x * params.per_invocation;
  if (begin >= extract.shape.x || id.y >= extract.shape.y) {
    return;
  }
  let slice_voxels = extract.shape.x * extract.shape.y;
  let end = min(begin + params.per_invocation, extract.shape.x);
  for (var x = begin; x < end; x++) {
    let voxel = id.y * extract.shape.x + x;
    let first = extract.words + voxel;
    // No region continues beyond the slice. Steps to the neighbours wrap around, and so do sums with them.
    let is_beyond = vec4<bool>(x == 0u, x + 1u == extract.shape.x, id.y == 0u, id.y + 1u == extract.shape.y);
    let around = select(vec4u(0xffffffffu, 1u, 0u - extract.shape.x, extract.shape.x), vec4u(0u), is_beyond);
    var held = 0u;
    var differs = 0u;
    for (var word = first; word < first + params.words * slice_voxels; word += slice_voxels) {
      let here = words[word];
      held |= here;
      let both = words[word + around.x] & words[word + around.y] & words[word + around.z] & words[word + around.w];
      differs |= here & ~select(both, 0u, any(is_beyond));
    }
    // Most voxels are outside all regions, or in the interior of all of theirs.
    let by_label = extract.entries != 0u;
    let first_layer = select(0u, params.layers + words[extract.entries + voxel], by_label);
    let end_layer = select(select(0u, params.layers, held != 0u), first_layer + 1u, by_label);
    let colors = composite(first, slice_voxels, first_layer, end_layer, by_label);
    let at = extract.start + 3u * voxel;
    let outlines = edges(first, slice_voxels, around, is_beyond, select(0u, params.layers, differs != 0u));
    let flag = select(0u, HAS_OUTLINES, outlines != 0u);
    composites[at] = colors.x | flag;
    composites[at + 1u] = colors.y | flag;
    composites[at + 2u] = outlines;
  }
}
