// Renders surfaces of the shown regions with one parallel ray per pixel, in exact steps over voxels and over
// whatever is known to be empty (see occupancy-words.wgsl). The first occupied voxel is visible. Its colour
// is that of the topmost region; its light follows from the gradient of the occupancy, smoothed over a few
// voxels. Voxels in several slabs are marched once per slab, and each pixel is drawn by the slab that holds
// the visible voxel. Vectors are by axes 0, 1, 2; positions are in voxels of the scale.
// Needs surface3d/occupancy-words.wgsl, surface3d/voxel-source.wgsl, lib/full-target.wgsl.

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

const LIGHT = vec3f(-0.2357, 0.3536, 0.9052); // slightly above and left of the viewer
const AMBIENT = 0.28;
const FAR_LIGHT = 0.7;                        // at the far end of the volume
// Share of the normal of the entry face, so that the gradient is never zero.
const FACE_SHARE = 0.02;

struct Pixel {
  @location(0) color: vec4f,
  @location(1) hit: u32, // 1 + the voxel's index in the scale; 0 for the background
}

struct Hit {
  voxel: vec3i,
  distance: f32,
  crossed: vec3<bool>, // axes of the face that the ray entered by
  found: bool,
  in_section: bool,    // the face lies on a clip plane
}

fn march(origin: vec3f) -> Hit {
  let forward = params.direction > vec3f(0.0);
  let last = vec3i(params.shape) - 1;
  let shape = vec3f(params.shape);
  let enters = (select(shape, vec3f(0.0), forward) - origin) * params.inverse;
  let leaves = (select(vec3f(0.0), shape, forward) - origin) * params.inverse;
  let start = max(max(enters.x, enters.y), enters.z);
  let end = min(min(leaves.x, leaves.y), leaves.z);

  var hit: Hit;
  hit.distance = start;
  hit.crossed = enters >= vec3f(start);
  hit.voxel = clamp(vec3i(floor(origin + params.direction * start)), vec3i(0), last);
  var inside = start < end;
  while (inside) {
    let at = vec3u(hit.voxel);
    let is_clipped = with_clip && all((hit.voxel >= params.clip_low) & (hit.voxel < params.clip_high));
    let word = occupancy[index_in(at >> WORD_SHIFT, params.grid)];
    let bit = bit_of(at);
    if (!is_clipped && ((word >> bit) & 1u) != 0u) {
      hit.found = true;
      break;
    }
    // The largest box around the voxel that is known to be empty.
    var size = select(vec3i(1), vec3i(2), ((word >> (bit & 24u)) & 255u) == 0u);
    var low = hit.voxel & -size;
    if (word == 0u) {
      size = vec3i(2, 4, 4);
      low = hit.voxel & -size;
      let distance = i32(distances[index_in(at / BRICK, params.bricks)]);
      if (distance != 0) {
        low = (hit.voxel & vec3i(-8)) - 8 * (distance - 1);
        size = vec3i(16 * distance - 8);
      }
    }
    var high = low + size;
    if (with_clip) {
      low = select(low, params.clip_low, is_clipped);
      high = select(high, params.clip_high, is_clipped);
    }
    let ends = (vec3f(select(low, high, forward)) - origin) * params.inverse;
    hit.distance = min(min(ends.x, ends.y), ends.z);
    hit.crossed = ends <= vec3f(hit.distance);
    hit.in_section = is_clipped;
    let along = vec3i(floor(origin + params.direction * hit.distance));
    hit.voxel = select(clamp(along, low, high - 1), select(low - 1, high, forward), hit.crossed);
    inside = all(vec3u(hit.voxel) < params.shape);
  }
  return hit;
}

// Quadratic B-spline over cells, at distances from their centres. spline_slope is its derivative.
fn spline(x: vec4f) -> vec4f {
  let far = max(vec4f(1.5) - abs(x), vec4f(0.0));
  return select(0.5 * far * far, 0.75 - x * x, abs(x) < vec4f(0.5));
}

fn spline_slope(x: vec4f) -> vec4f {
  let far = max(vec4f(1.5) - abs(x), vec4f(0.0));
  return select(-sign(x) * far, -2.0 * x, abs(x) < vec4f(0.5));
}

// Outward direction, up to a factor: against the gradient of the smoothed occupancy (interpolated cell
// counts), by voxels.
fn outward_at(position: vec3f) -> vec3f {
  let cell = position * 0.5;
  // The three cells that count along each axis span three, two and two words.
  let first_cell = vec3i(floor(cell)) - 1;
  let word_z = first_cell.x;
  let word_y = first_cell.y >> 1u;
  let word_x = first_cell.z >> 1u;
  let offsets = vec4f(0.5, 1.5, 2.5, 3.5);
  let dz = offsets + f32(word_z) - cell.x;
  let dy = offsets + f32(2 * word_y) - cell.y;
  let dx = offsets + f32(2 * word_x) - cell.z;
  let kz = spline(dz);
  let sz = spline_slope(dz);
  let ky = spline(dy);
  let sy = spline_slope(dy);
  let kx = spline(dx);
  let sx = spline_slope(dx);

  var sum = vec3f(0.0);
  for (var j = 0; j < 2; j++) {
    let y = word_y + j;
    let kyj = select(ky.xy, ky.zw, j == 1);
    let syj = select(sy.xy, sy.zw, j == 1);
    for (var i = 0; i < 2; i++) {
      let x = word_x + i;
      let kxi = select(kx.xy, kx.zw, i == 1);
      let sxi = select(sx.xy, sx.zw, i == 1);
      let in_plane = kyj.xxyy * kxi.xyxy;
      let by_y = syj.xxyy * kxi.xyxy;
      let by_x = kyj.xxyy * sxi.xyxy;
      for (var k = 0; k < 3; k++) {
        let at = vec3i(word_z + k, y, x);
        let is_in = all(vec3u(at) < params.grid);
        let word = select(0u, occupancy[index_in(vec3u(at), params.grid)], is_in);
        let counts = unpack4x8unorm(cell_counts(word));
        sum += vec3f(sz[k] * dot(counts, in_plane), kz[k] * dot(counts, by_y), kz[k] * dot(counts, by_x));
      }
    }
  }
  // Points away from higher occupancy. 255 / 8 turns unpacked counts into fractions.
  return sum * (255.0 / 8.0);
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
  let far = saturate(hit.distance / params.depth);
  let fade = mix(1.0, FAR_LIGHT, far);
  if (hit.in_section) {
    return color * fade;
  }
  let face = select(vec3f(0.0), -sign(params.direction), hit.crossed);
  let outward = outward_at(origin + params.direction * hit.distance) + FACE_SHARE * face;
  let normal = normalize(vec3f(
    dot(outward, params.to_right), dot(outward, params.to_up), dot(outward, params.to_viewer)));
  let light = mix(AMBIENT, 1.0, max(dot(normal, LIGHT), 0.0));
  return color * light * fade;
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
