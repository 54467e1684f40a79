// Renders surfaces of the shown regions with one parallel ray per pixel, in exact steps over voxels and over
// whatever is known to be empty (see occupancy-words.wgsl). The first occupied voxel is visible. Its colour
// is that of the topmost region; its light follows from the gradient of the occupancy, smoothed over a few
// voxels. Voxels in several slabs are marched once per slab, and each pixel is drawn by the slab that holds
// the visible voxel. Vectors are by axes 0, 1, 2; positions are in voxels of the scale.
// Needs surface3d/voxel-source.wgsl, surface3d/rays.wgsl, lib/full-target.wgsl.

override with_clip: bool = false;

struct Params {
  stride: vec3u,       // voxels between neighbours along axes 0, 1, 2 at full size
  index_shift: u32,    // a u32 holds 1 << index_shift palette indices
  tables: vec3u,       // start of the source indices of each axis
  from_words: u32,     // nonzero if `voxels` holds words of the scale instead of palette indices
  shape: vec3u,        // of the scale
  first_word: u32,     // first word of the slab
  slab_first: u32,     // `voxels` holds voxels [slab_first, slab_end)
  slab_end: u32,       // exclusive
  words: u32,          // words per voxel
  layer_count: u32,
  origin: vec3f,       // start of the ray through the picture's corner
  right: vec3f,        // from one pixel to the next
  down: vec3f,
  direction: vec3f,    // voxels per mm
  inverse: vec3f,      // 1 / direction
  depth: f32,          // mm that the volume extends along the rays
  clip_low: vec3i,     // voxels [clip_low, clip_high) are clipped
  clip_high: vec3i,
  grid: vec3u,         // u32s of the occupancy
  bricks: vec3u,
  to_right: vec3f,     // maps a gradient by voxels to the screen
  to_up: vec3f,
  to_viewer: vec3f,
  background: vec3f,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> index_tables: array<u32>;
@group(0) @binding(2) var<storage, read> voxels: array<u32>;
// Palette indices: colour of each entry. Words: bits of the shown channels, then channel and colour of each
// layer, topmost first.
@group(0) @binding(3) var<storage, read> layers: array<u32>;
@group(0) @binding(4) var<storage, read> occupancy: array<u32>;
@group(0) @binding(5) var<storage, read> distances: array<u32>;

// What light is computed from.
fn lit_word(at: vec3u) -> u32 {
  return occupancy[index_in(at, params.grid)];
}

fn march(origin: vec3f) -> Hit {
  var hit = volume_entry(origin);
  var inside = hit.found;
  hit.found = false;
  while (inside) {
    let at = vec3u(hit.voxel);
    let is_clipped = with_clip && all((hit.voxel >= params.clip_low) & (hit.voxel < params.clip_high));
    let word = occupancy[index_in(at >> WORD_SHIFT, params.grid)];
    let bit = bit_of(at);
    if (!is_clipped && ((word >> bit) & 1u) != 0u) {
      hit.found = true;
      break;
    }
    var box = empty_box(hit.voxel, word, bit);
    if (with_clip) {
      box.low = select(box.low, params.clip_low, is_clipped);
      box.high = select(box.high, params.clip_high, is_clipped);
    }
    hit = box_exit(hit, origin, box);
    hit.in_section = is_clipped;
    inside = all(vec3u(hit.voxel) < params.shape);
  }
  return hit;
}

fn layer_color(source: u32) -> vec3f {
  if (params.from_words == 0u) {
    return unpack4x8unorm(layers[palette_entry(source)]).rgb;
  }
  let at = params.first_word + source - params.slab_first;
  let word_stride = params.slab_end - params.slab_first;
  var color = 0u;
  for (var layer = 0u; layer < params.layer_count; layer++) {
    let record = params.words + 2u * layer;
    let channel = layers[record];
    if (((voxels[at + (channel >> 5u) * word_stride] >> (channel & 31u)) & 1u) != 0u) {
      color = layers[record + 1u];
      break;
    }
  }
  return unpack4x8unorm(color).rgb;
}

fn shaded(color: vec3f, origin: vec3f, hit: Hit) -> vec3f {
  let fade = fade_of(hit);
  if (hit.in_section) {
    return color * fade;
  }
  return color * light_of(outward_at(origin + params.direction * hit.distance), hit) * fade;
}

@fragment
fn pixel(@builtin(position) position: vec4f) -> Pixel {
  let origin = params.origin + params.right * position.x + params.down * position.y;
  let hit = march(origin);
  if (!hit.found) {
    return Pixel(vec4f(params.background, 1.0), 0u);
  }
  let voxel = vec3u(hit.voxel);
  let source = source_voxel(voxel);
  if (!is_in_slab(source)) {
    discard;
  }
  let color = shaded(layer_color(source), origin, hit);
  return Pixel(vec4f(color, 1.0), index_in(voxel, params.shape) + 1u);
}
