// Renders surfaces of the shown regions with one parallel ray per pixel, in exact steps over voxels and over
// whatever is known to be empty (see occupancy-words.wgsl). The first occupied voxel is visible. Its colour
// is that of the topmost region; its light follows from the gradient of the occupancy, smoothed over a few
// voxels. Voxels in several slabs are marched once per slab, and each pixel is drawn by the slab that holds
// the visible voxel. Vectors are by axes 0, 1, 2; positions are in voxels of the scale.
// Needs surface3d/voxel-source.wgsl, surface3d/rays.wgsl, lib/full-target.wgsl.

// Palette indices: colour of each entry. Words: bits of the shown channels, then channel and colour of each
// layer, topmost first.
@group(0) @binding(3) var<storage, read> layers: array<u32>;

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
