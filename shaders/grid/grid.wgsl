// Draws all visible tiles (rows of regions, columns of scales) in one draw call, one rectangle per instance.
// Pairs are horizontal, vertical on the screen. Data of a slice is laid out [vertical][horizontal].
// Needs lib/interpolate-image.wgsl.

struct Frame {
  canvas: vec2f,       // device px
  cell: vec2f,         // device px from one tile to the next
  tile: vec2f,         // device px
  scroll_top: f32,     // device px
  line: f32,           // thickness of outline and crosshair, device px
  crosshair: vec2f,    // first tile px of its lines
  crosshair_alpha: f32,
  crosshair_gap: f32,  // half the gap around the centre, device px
  fill_opacity: f32,
  outline_opacity: f32,
  first_row: u32,
  column_count: u32,
  // Full resolution.
  origin: vec2f,       // voxel position under a tile px: origin + step * px
  step: vec2f,
  shape: vec2f,
  // Grey = (stored value - low) * gain.
  image_low: f32,
  image_gain: f32,
  has_image: u32,
  outside: vec3f,
  ground: vec3f,
  crosshair_color: vec3f,
  hatch_color: vec3f,
  patch_color: vec3f,
  beyond_patch: f32,   // brightness beyond the patch
  patch_low: vec2f,    // the part of the slice that has targets, in voxels
  patch_high: vec2f,
  has_outline: u32,    // 1 if outlines are drawn; by label, only they have the region's colour
}

// Period of the stripes, in line widths.
const HATCH_PX = 5.0;
// Stripes of a hatched row are seen even where fills are faint.
const STRIPE_OPACITY = 0.8;

// One scale, at the current slice.
struct Column {
  origin: vec2f,       // as in Frame, in voxels of this scale
  step: vec2f,
  shape: vec2u,        // 0: the scale collapses
  stride: vec2u,
  start: u32,          // position of the slice in the words, word 0
  word_stride: u32,    // from one word of a voxel to the next
  entries: u32,        // start of the slice's palette entries: [vertical][horizontal]
}

struct Row {
  color: vec3f,
  channel: u32,
  hatched: u32,        // filled on stripes only
}

// Hatches the full-resolution voxels whose palette entry is marked.
override with_hatching: bool = false;
// Only a part of the case has targets; the rest is darkened.
override with_patch: bool = false;
// The fill has the colour of each voxel's label instead of the region's.
override with_labels: bool = false;
// Some rows are hatched instead of filled.
override with_hatched_rows: bool = false;

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> columns: array<Column>;
@group(0) @binding(2) var<storage, read> rows: array<Row>;
@group(0) @binding(3) var<storage, read> image: array<f32>;   // the slice
@group(0) @binding(4) var<storage, read> words: array<u32>;   // words of all scales, or of the slice only
@group(0) @binding(5) var<storage, read> slice_entries: array<u32>; // of the full-size slice, to hatch
@group(0) @binding(6) var<storage, read> hatch_bits: array<u32>;   // one bit per palette entry
@group(0) @binding(7) var<storage, read> entries: array<u32>; // of the slice at every scale; by label only
@group(0) @binding(8) var<storage, read> label_colors: array<u32>; // RGBA bytes per entry; A 0: no label

struct Tile {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) corner: vec2f, // device px
  @location(1) @interpolate(flat, either) cells: vec4f,  // origin and step of the column
  @location(2) @interpolate(flat, either) shape: vec2u,
  @location(3) @interpolate(flat, either) stride: vec2u,
  @location(4) @interpolate(flat, either) start: u32,    // start of the slice's words that hold the channel
  @location(5) @interpolate(flat, either) member: u32,   // the channel's bit of its word
  @location(6) @interpolate(flat, either) color: vec3f,
}

@vertex
fn tile_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Tile {
  let at = vec2u(instance % frame.column_count, frame.first_row + instance / frame.column_count);
  let column = columns[at.x];
  let row = rows[at.y];

  var tile: Tile;
  tile.corner = ceil(vec2f(at) * frame.cell - 0.5) - vec2f(0.0, frame.scroll_top);
  let corner = tile.corner + frame.tile * vec2f(f32(vertex & 1u), f32(vertex >> 1u));
  tile.position = vec4f((corner / frame.canvas * 2.0 - 1.0) * vec2f(1.0, -1.0), 0.0, 1.0);
  tile.cells = vec4f(column.origin, column.step);
  tile.shape = column.shape;
  tile.color = row.color;
  tile.member = 1u << (row.channel & 31u);
  tile.stride = column.stride;
  tile.start = column.start + (row.channel >> 5u) * column.word_stride;
  return tile;
}

fn is_stripe(position: vec2f) -> bool {
  return fract((position.x + position.y) / (HATCH_PX * frame.line)) < 0.5;
}

// Each pixel looks up its row, so that the other variants pass nothing extra to their pixels.
fn fill_opacity(tile: Tile) -> f32 {
  let row = u32(round((tile.corner.y + frame.scroll_top) / frame.cell.y));
  let on_stripe = select(0.0, STRIPE_OPACITY, is_stripe(tile.position.xy));
  return select(frame.fill_opacity, on_stripe, rows[row].hatched != 0u);
}

struct Cover {
  opacity: f32,
  on_outline: bool,
}

// Opacity of the region at a position of the scale: 0 outside it, the outline's on its outline, else the
// fill's. The outline follows the voxel edges beyond which the region ends; the region always ends at the
// border of the volume. There are no branches: a neighbour across an edge that is not near is replaced by the
// voxel itself. Software adapters run both sides of a branch, at twice the time; a GPU reads the same word
// again from its cache.
fn coverage(tile: Tile, position: vec2f) -> Cover {
  let cell = vec2u(position);
  let within = position - vec2f(cell);
  let reach = abs(tile.cells.zw) * frame.line;
  let near_low = within < reach;
  let near_high = 1.0 - within < reach;
  let is_first = cell == vec2u(0u);
  let is_last = cell == tile.shape - 1u;
  let low = cell - select(vec2u(0u), vec2u(1u), near_low & !is_first);
  let high = cell + select(vec2u(0u), vec2u(1u), near_high & !is_last);

  let x = tile.start + cell.x * tile.stride.x;
  let y = cell.y * tile.stride.y;
  let own = words[x + y];
  let around = words[tile.start + low.x * tile.stride.x + y] & words[tile.start + high.x * tile.stride.x + y]
             & words[x + low.y * tile.stride.y] & words[x + high.y * tile.stride.y];
  let at_border = any((near_low & is_first) | (near_high & is_last));
  let on_outline = at_border | ((around & tile.member) == 0u);
  var opacity = select(frame.fill_opacity, frame.outline_opacity, on_outline);
  if (with_hatched_rows) {
    opacity = select(fill_opacity(tile), frame.outline_opacity, on_outline & (frame.has_outline != 0u));
  }
  return Cover(select(0.0, opacity, (own & tile.member) != 0u), on_outline);
}

// Colour of the label of a voxel of the scale, or the region's if it has none. Each pixel looks up its
// column, so that the other variants pass nothing extra to their pixels.
fn label_color(tile: Tile, position: vec2f) -> vec3f {
  let column = u32(round(tile.corner.x / frame.cell.x));
  let cell = vec2u(position);
  let entry = entries[columns[column].entries + cell.y * tile.shape.x + cell.x];
  let label = unpack4x8unorm(label_colors[entry]);
  return select(tile.color, label.rgb, label.a > 0.0);
}

fn grey(position: vec2f) -> vec3f {
  let voxel = vec2u(position);
  var value = image[voxel.y * u32(frame.shape.x) + voxel.x];
  if (with_interpolation) {
    value = interpolated(value, 0u, frame.shape, position);
  }
  let light = saturate((value - frame.image_low) * frame.image_gain);
  return select(vec3f(light), frame.ground, (value < NO_IMAGE) | (frame.has_image == 0u));
}

// 1 on the stripes over a hatched voxel, else 0.
fn hatch(voxel: vec2u, position: vec2f) -> f32 {
  let entry = slice_entries[voxel.y * u32(frame.shape.x) + voxel.x];
  let hatched = ((hatch_bits[entry >> 5u] >> (entry & 31u)) & 1u) != 0u;
  return select(0.0, 1.0, hatched & is_stripe(position));
}

// Darkens what lies beyond the patch and draws the patch's border over a colour.
fn in_frame(color: vec3f, voxel: vec2f) -> vec3f {
  let reach = abs(frame.step) * frame.line;
  let is_beyond = any((voxel < frame.patch_low) | (voxel >= frame.patch_high));
  let is_near = all((voxel >= frame.patch_low - reach) & (voxel < frame.patch_high + reach));
  let dimmed = select(color, color * frame.beyond_patch, is_beyond);
  return select(dimmed, frame.patch_color, is_beyond & is_near & all(frame.patch_low < frame.patch_high));
}

@fragment
fn tile_pixel(tile: Tile) -> @location(0) vec4f {
  let px = tile.position.xy - tile.corner;
  let voxel = frame.origin + frame.step * px;
  let is_outside = any((voxel < vec2f(0.0)) | (voxel >= frame.shape)) | (tile.shape.x == 0u);
  var position = tile.cells.xy + tile.cells.zw * px;
  var has_target = true;
  if (with_patch) {
    let in_patch = all((voxel >= frame.patch_low) & (voxel < frame.patch_high));
    has_target = in_patch & all((position >= vec2f(0.0)) & (position < vec2f(tile.shape)));
    position = select(vec2f(0.0), position, has_target);
  }
  let cover = coverage(tile, position);
  let region = select(0.0, cover.opacity, has_target);
  var ink = tile.color;
  if (with_labels) {
    ink = select(label_color(tile, position), ink, cover.on_outline & (frame.has_outline != 0u));
  }
  var filled = mix(grey(voxel), ink, region);
  if (with_hatching) {
    filled = mix(filled, frame.hatch_color, hatch(vec2u(voxel), tile.position.xy));
  }
  if (with_patch) {
    filled = in_frame(filled, voxel);
  }
  let beyond = px - frame.crosshair;
  let is_far = any(abs(beyond - 0.5 * frame.line) >= vec2f(frame.crosshair_gap));
  let on_line = is_far & any((beyond >= vec2f(0.0)) & (beyond < vec2f(frame.line)));
  let color = mix(filled, frame.crosshair_color, select(0.0, frame.crosshair_alpha, on_line));
  return vec4f(select(color, frame.outside, is_outside), 1.0);
}
