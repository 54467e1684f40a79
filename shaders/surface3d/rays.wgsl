// What kernels that march rays share: their parameters and bindings, steps over voxels and over what is known
// to be empty, and the light of a surface that a ray reaches. A kernel includes this and declares `layers` at
// binding 3 and `lit_word`, which returns the u32 of occupancy whose smoothed gradient the light follows.
// Needs surface3d/occupancy-words.wgsl.

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
  // Of raymarch-transparent.wgsl: words of an entry's bits, one bit per layer; 0 if each palette entry is a
  // layer of its own.
  layer_words: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> index_tables: array<u32>;
@group(0) @binding(2) var<storage, read> voxels: array<u32>;
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

// Voxels [low, high).
struct Box {
  low: vec3i,
  high: vec3i,
}

// The face of the volume by which a ray enters it; `found` if it does.
fn volume_entry(origin: vec3f) -> Hit {
  let forward = params.direction > vec3f(0.0);
  let shape = vec3f(params.shape);
  let enters = (select(shape, vec3f(0.0), forward) - origin) * params.inverse;
  let leaves = (select(vec3f(0.0), shape, forward) - origin) * params.inverse;
  let start = max(max(enters.x, enters.y), enters.z);
  let end = min(min(leaves.x, leaves.y), leaves.z);
  var hit: Hit;
  hit.distance = start;
  hit.crossed = enters >= vec3f(start);
  hit.voxel = clamp(vec3i(floor(origin + params.direction * start)), vec3i(0), vec3i(params.shape) - 1);
  hit.found = start < end;
  return hit;
}

// The largest box around an empty voxel that is known to be empty; `word` of the occupancy has it at `bit`.
fn empty_box(voxel: vec3i, word: u32, bit: u32) -> Box {
  var size = select(vec3i(1), vec3i(2), ((word >> (bit & 24u)) & 255u) == 0u);
  var low = voxel & -size;
  if (word == 0u) {
    size = vec3i(2, 4, 4);
    low = voxel & -size;
    let distance = i32(distances[index_in(vec3u(voxel) / BRICK, params.bricks)]);
    if (distance != 0) {
      low = (voxel & vec3i(-8)) - 8 * (distance - 1);
      size = vec3i(16 * distance - 8);
    }
  }
  return Box(low, low + size);
}

// Moves a ray out of a box, to the voxel behind it.
fn box_exit(at: Hit, origin: vec3f, box: Box) -> Hit {
  let forward = params.direction > vec3f(0.0);
  let ends = (vec3f(select(box.low, box.high, forward)) - origin) * params.inverse;
  var hit = at;
  hit.distance = min(min(ends.x, ends.y), ends.z);
  hit.crossed = ends <= vec3f(hit.distance);
  let along = vec3i(floor(origin + params.direction * hit.distance));
  hit.voxel = select(clamp(along, box.low, box.high - 1), select(box.low - 1, box.high, forward), hit.crossed);
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
        let word = select(0u, lit_word(vec3u(at)), is_in);
        let counts = unpack4x8unorm(cell_counts(word));
        sum += vec3f(sz[k] * dot(counts, in_plane), kz[k] * dot(counts, by_y), kz[k] * dot(counts, by_x));
      }
    }
  }
  // Points away from higher occupancy. 255 / 8 turns unpacked counts into fractions.
  return sum * (255.0 / 8.0);
}

// Brightness of a surface with an outward gradient.
fn light_of(gradient: vec3f, hit: Hit) -> f32 {
  let face = select(vec3f(0.0), -sign(params.direction), hit.crossed);
  let outward = gradient + FACE_SHARE * face;
  let normal = normalize(vec3f(
    dot(outward, params.to_right), dot(outward, params.to_up), dot(outward, params.to_viewer)));
  return mix(AMBIENT, 1.0, max(dot(normal, LIGHT), 0.0));
}

fn fade_of(hit: Hit) -> f32 {
  return mix(1.0, FAR_LIGHT, saturate(hit.distance / params.depth));
}
