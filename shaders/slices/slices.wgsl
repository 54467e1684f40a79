// Draws slices with all shown regions over one another, one pane per instance. Pairs are horizontal, vertical
// on the screen.
// Needs lib/interpolate-image.wgsl.

struct Frame {
  canvas: vec2f,       // device px
  line: f32,           // thickness of the crosshair, device px
  outline: f32,        // thickness of outlines, device px
  crosshair_alpha: f32,
  difference_alpha: f32,
  words: u32,
  // Grey = (stored value - low) * gain.
  image_low: f32,
  image_gain: f32,
  has_image: u32,
  outside: vec3f,
  ground: vec3f,
  crosshair_color: vec3f,
  only_here: vec3f,    // shown region here, but not in the comparison
  only_there: vec3f,
}

// A slice of one scale.
struct Place {
  origin: vec2f,       // position under a pane px: origin + step * px
  step: vec2f,
  shape: vec2u,        // 0: there is none
  start: u32,          // [word][vertical][horizontal]
}

struct Pane {
  corner: vec2f,       // device px
  size: vec2f,
  // Full resolution.
  origin: vec2f,
  step: vec2f,
  shape: vec2f,
  crosshair: vec2f,    // first pane px of its lines
  crosshair_gap: f32,  // half the gap around the centre, device px
  image_start: u32,
  composite_start: u32,
  has_difference: u32,
  own: Place,
  other: Place,        // the comparison
}

struct Channel {
  color: vec3f,
  outline: f32,        // opacity
  rank: i32,           // highest is on top; below 0: not shown
}

// Period of the stripes, in line widths.
const HATCH_PX = 7.0;
// See composite-layers.wgsl.
const HAS_OUTLINES = 0x1000000u;

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> panes: array<Pane>;
@group(0) @binding(2) var<storage, read> channels: array<Channel>;
@group(0) @binding(3) var<storage, read> shown: array<u32>;   // one bit per channel: outlined, then shown
@group(0) @binding(4) var<storage, read> image: array<f32>;
@group(0) @binding(5) var<storage, read> words: array<u32>;
@group(0) @binding(6) var<storage, read> composites: array<u32>;    // see composite-layers.wgsl
@group(0) @binding(7) var<storage, read> outlines: array<u32>; // premultiplied: of no layer, then of each

// Draws stripes where the slice differs from other targets.
override with_difference: bool = false;
// Set if outlines are wider than voxels anywhere; an outline may then come from beyond the edges of a pixel's
// own voxel.
override with_wide_outlines: bool = false;

// The vertex stage passes on what every pixel reads: a software adapter would load it from a buffer number by
// number.
struct Corner {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) pane: u32,
  @location(1) @interpolate(flat, either) corner: vec2f,
  @location(2) @interpolate(flat, either) full: vec4f,       // origin and step
  @location(3) @interpolate(flat, either) shape: vec2f,
  @location(4) @interpolate(flat, either) crosshair: vec3f,  // first px of its lines, and half its gap
  @location(5) @interpolate(flat, either) own: vec4f,        // origin and step
  @location(6) @interpolate(flat, either) own_shape: vec2u,
  @location(7) @interpolate(flat, either) starts: vec3u,     // of words, tints, image
}

@vertex
fn slice_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Corner {
  let pane = panes[instance];
  let at = pane.corner + pane.size * vec2f(f32(vertex & 1u), f32(vertex >> 1u));
  var corner: Corner;
  corner.position = vec4f((at / frame.canvas * 2.0 - 1.0) * vec2f(1.0, -1.0), 0.0, 1.0);
  corner.pane = instance;
  corner.corner = pane.corner;
  corner.full = vec4f(pane.origin, pane.step);
  corner.shape = pane.shape;
  corner.crosshair = vec3f(pane.crosshair, pane.crosshair_gap);
  corner.own = vec4f(pane.own.origin, pane.own.step);
  corner.own_shape = pane.own.shape;
  corner.starts = vec3u(pane.own.start, pane.composite_start, pane.image_start);
  return corner;
}

fn is_inside(shape: vec2u, position: vec2f) -> bool {
  return all((position >= vec2f(0.0)) & (position < vec2f(shape)));
}

// Index of the voxel at a position of a slice, or of the nearest one.
fn cell_of(shape: vec2u, position: vec2f) -> u32 {
  let cell = min(vec2u(max(position, vec2f(0.0))), max(shape, vec2u(1u)) - 1u);
  return cell.y * shape.x + cell.x;
}

// Premultiplied colour of the topmost outline through a position. An outline lies within its region, up to a
// fixed number of pixels from the region's edge, so its thickness is the same at any zoom.
fn outline(at: Corner, position: vec2f, edges: u32) -> vec4f {
  let reach = abs(at.own.zw) * frame.outline;
  let cell = floor(position);
  let low = position - reach < cell;
  let high = position + reach >= cell + 1.0;
  let ranks = (vec4u(edges) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(0xffu);
  let through = select(vec4u(0u), ranks, vec4<bool>(low.x, high.x, low.y, high.y));
  return unpack4x8unorm(outlines[max(max(through.x, through.y), max(through.z, through.w))]);
}

// Does what `outline` does for any distance to the region's edge, by reading the voxels that far away.
fn wide_outline(at: Corner, position: vec2f) -> vec4f {
  let shape = at.own_shape;
  let reach = abs(at.own.zw) * frame.outline;
  let low = position - reach;
  let high = position + reach;
  // No region continues beyond the slice.
  let at_border = any((low < vec2f(0.0)) | (high >= vec2f(shape)));
  let own_cell = at.starts.x + cell_of(shape, position);
  let left = at.starts.x + cell_of(shape, vec2f(low.x, position.y));
  let right = at.starts.x + cell_of(shape, vec2f(high.x, position.y));
  let above = at.starts.x + cell_of(shape, vec2f(position.x, low.y));
  let below = at.starts.x + cell_of(shape, vec2f(position.x, high.y));
  var best = -1;
  var color = vec4f(0.0);
  var first = 0u;
  for (var word = 0u; word < frame.words; word++) {
    let around = words[left + first] & words[right + first] & words[above + first] & words[below + first];
    var bits = words[own_cell + first] & ~select(around, 0u, at_border) & shown[word];
    first += shape.x * shape.y;
    while (bits != 0u) {
      let channel = channels[word * 32u + firstTrailingBit(bits)];
      bits &= bits - 1u;
      if (channel.rank > best) {
        best = channel.rank;
        color = vec4f(channel.color * channel.outline, channel.outline);
      }
    }
  }
  return color;
}

// A word of the voxel at a position of a slice; zero beyond the slice.
fn word_at(place: Place, position: vec2f, word: u32) -> u32 {
  let held = words[place.start + word * place.shape.x * place.shape.y + cell_of(place.shape, position)];
  return select(0u, held, is_inside(place.shape, position));
}

// Colour of the difference stripes at a pixel. Stripes of one kind run down to the left, of the other to the
// right.
fn difference(pane: Pane, px: vec2f, at: vec2f) -> vec4f {
  let own_position = pane.own.origin + pane.own.step * px;
  let other_position = pane.other.origin + pane.other.step * px;
  var here = 0u;
  var there = 0u;
  for (var word = 0u; word < frame.words; word++) {
    let own = word_at(pane.own, own_position, word);
    let other = word_at(pane.other, other_position, word);
    let shown_bits = shown[frame.words + word];
    here |= own & ~other & shown_bits;
    there |= other & ~own & shown_bits;
  }
  let period = HATCH_PX * frame.line;
  let is_here = (here != 0u) & (fract((at.x + at.y) / period) < 0.5);
  let is_there = (there != 0u) & (fract((at.x - at.y) / period) < 0.5);
  let color = select(select(vec3f(0.0), frame.only_here, is_here), frame.only_there, is_there);
  let alpha = select(0.0, frame.difference_alpha, is_here | is_there);
  return vec4f(color * alpha, alpha);
}

fn over(below: vec3f, above: vec4f) -> vec3f {
  return below * (1.0 - above.a) + above.rgb;
}

@fragment
fn slice_pixel(corner: Corner) -> @location(0) vec4f {
  let at = corner.position.xy;
  let px = at - corner.corner;
  let voxel = corner.full.xy + corner.full.zw * px;
  let is_outside = any((voxel < vec2f(0.0)) | (voxel >= corner.shape));

  let full = vec2u(clamp(voxel, vec2f(0.0), corner.shape - 1.0));
  var value = image[select(0u, corner.starts.z + full.y * u32(corner.shape.x) + full.x, frame.has_image != 0u)];
  if (with_interpolation) {
    value = interpolated(value, corner.starts.z, corner.shape, voxel);
  }
  let light = saturate((value - frame.image_low) * frame.image_gain);
  var color = select(vec3f(light), frame.ground, (value < NO_IMAGE) | (frame.has_image == 0u));

  let position = corner.own.xy + corner.own.zw * px;
  let has_own = is_inside(corner.own_shape, position);
  let first = corner.starts.y + 3u * cell_of(corner.own_shape, position);
  let on_stripe = fract((at.x + at.y) / (HATCH_PX * frame.line)) < 0.5;
  let fill = composites[first + select(0u, 1u, on_stripe)];
  let filled = over(color, vec4f(unpack4x8unorm(fill).rgb, f32(fill >> 25u) * (1.0 / 127.0)));
  var line = vec4f(0.0);
  if (with_wide_outlines) {
    line = wide_outline(corner, position);
  } else {
    // The loop runs at most once. It replaces a condition because software adapters skip loops but run both
    // sides of conditions.
    for (var turn = select(1u, 0u, (fill & HAS_OUTLINES) != 0u); turn < 1u; turn++) {
      line = outline(corner, position, composites[first + 2u]);
    }
  }
  color = select(color, over(filled, line), has_own);
  if (with_difference) {
    let pane = panes[corner.pane];
    if (pane.has_difference != 0u) {
      color = over(color, difference(pane, px, at));
    }
  }
  let beyond = px - corner.crosshair.xy;
  let is_far = any(abs(beyond - 0.5 * frame.line) >= vec2f(corner.crosshair.z));
  let on_line = is_far & any((beyond >= vec2f(0.0)) & (beyond < vec2f(frame.line)));
  color = mix(color, frame.crosshair_color, select(0.0, frame.crosshair_alpha, on_line));
  return vec4f(select(color, frame.outside, is_outside), 1.0);
}
