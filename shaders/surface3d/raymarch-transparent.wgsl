// Renders surfaces of shown regions some of which are transparent: front to back along a ray, each layer is
// drawn where the ray enters it, until nothing behind would be seen. So the order of the voxels decides, not
// one of the surfaces. Where a ray leaves a layer and enters it again over the stairs that voxels make of one
// surface, the layer is drawn once. Opaque surfaces are lit as by raymarch.wgsl; transparent ones by the
// gradient of all that is shown, and evenly where there is none, as between two regions. Takes a single slab.
// Vectors are by axes 0, 1, 2; positions are in voxels of the scale.
// Needs surface3d/voxel-source.wgsl, surface3d/rays.wgsl, lib/full-target.wgsl.

// Palette indices: colour of each layer, topmost first, then the layers of each entry; or, where entries are
// layers, the colour of each. Words: bits of the shown channels, then channel and colour of each layer,
// topmost first. Opacity is in the highest byte of a colour.
@group(0) @binding(3) var<storage, read> layers: array<u32>;
@group(0) @binding(6) var<storage, read> opaque: array<u32>; // occupancy of the opaque layers alone

// Less light than this of what lies behind is not seen.
const MIN_LEFT = 0.002;
// Least gradient whose direction counts in full; a flat surface has 0.5 to 0.75.
const STEEP = 0.3;
// Brightness of a transparent surface without a gradient.
const EVEN_LIGHT = 0.75;
const NOTHING = 0xffffffffu;
// Voxels within which a ray enters the same surface again, over a stair of it. Gaps along an axis are whole.
const STAIR = 4.5;

// Light may follow from either occupancy.
var<private> lit_opaque: bool;

fn lit_word(at: vec3u) -> u32 {
  let index = index_in(at, params.grid);
  if (lit_opaque) {
    return opaque[index];
  }
  return occupancy[index];
}

// Puts a colour with its opacity below what was drawn before, premultiplied.
fn under(above: vec4f, packed: u32) -> vec4f {
  let below = unpack4x8unorm(packed);
  return above + (1.0 - above.a) * below.a * vec4f(below.rgb, 1.0);
}

// What decides which layers contain a voxel: its palette entry, or where its words are.
fn content_of(source: u32) -> u32 {
  if (params.from_words != 0u) {
    return params.first_word + source - params.slab_first;
  }
  return palette_entry(source);
}

// Channels of a word that contain a voxel, and not the one before.
fn entered_bits(here: u32, before: u32, word: u32) -> u32 {
  let first = word * (params.slab_end - params.slab_first);
  let bits = voxels[first + here];
  if (before == NOTHING) {
    return bits;
  }
  return bits & ~voxels[first + before];
}

// Premultiplied colour of the layers that a ray enters in a voxel, out of another or of none (NOTHING).
fn entered(here: u32, before: u32) -> vec4f {
  var color = vec4f(0.0);
  if (here == before) {
    return color;
  }
  if (params.from_words != 0u) {
    // Most voxels are in no layer that the one before them is not in.
    var new_bits = 0u;
    for (var word = 0u; word < params.words; word++) {
      new_bits |= layers[word] & entered_bits(here, before, word);
    }
    if (new_bits == 0u) {
      return color;
    }
    for (var layer = 0u; layer < params.layer_count; layer++) {
      let at = params.words + 2u * layer;
      let channel = layers[at];
      if (((entered_bits(here, before, channel >> 5u) >> (channel & 31u)) & 1u) != 0u) {
        color = under(color, layers[at + 1u]);
      }
    }
    return color;
  }
  if (params.layer_words == 0u) {
    return under(color, layers[here]);
  }
  for (var word = 0u; word < params.layer_words; word++) {
    var bits = layers[params.layer_count + here * params.layer_words + word];
    if (before != NOTHING) {
      bits &= ~layers[params.layer_count + before * params.layer_words + word];
    }
    while (bits != 0u) {
      color = under(color, layers[word * 32u + firstTrailingBit(bits)]);
      bits &= bits - 1u;
    }
  }
  return color;
}

fn light_at(origin: vec3f, hit: Hit, is_opaque: bool) -> f32 {
  if (hit.in_section) {
    return fade_of(hit);
  }
  lit_opaque = is_opaque;
  let gradient = outward_at(origin + params.direction * hit.distance);
  let light = light_of(gradient, hit);
  let directed = select(saturate(length(gradient) / STEEP), 1.0, is_opaque);
  return mix(EVEN_LIGHT, light, directed) * fade_of(hit);
}

@fragment
fn pixel(@builtin(position) position: vec4f) -> Pixel {
  let origin = params.origin + params.right * position.x + params.down * position.y;
  var hit = volume_entry(origin);
  var inside = hit.found;
  var color = vec3f(0.0);
  var left = 1.0;         // share of the light from behind
  var most = 0.0;         // share of the surface that is seen best
  var seen = 0u;
  var before = NOTHING;   // what the ray was in last, unless it left it long ago
  var was_in = false;
  var left_at = 0.0;
  let along = abs(params.direction);
  let stair = STAIR / max(max(along.x, along.y), along.z);
  while (inside) {
    let at = vec3u(hit.voxel);
    let is_clipped = with_clip && all((hit.voxel >= params.clip_low) & (hit.voxel < params.clip_high));
    let index = index_in(at >> WORD_SHIFT, params.grid);
    let word = occupancy[index];
    let bit = bit_of(at);
    var box = Box(hit.voxel, hit.voxel + 1);
    if (!is_clipped && ((word >> bit) & 1u) != 0u) {
      let here = content_of(source_voxel(at));
      if (!was_in && (hit.in_section || hit.distance - left_at > stair)) {
        before = NOTHING;
      }
      was_in = true;
      let layer = entered(here, before);
      before = here;
      if (layer.a > 0.0) {
        let is_opaque = ((opaque[index] >> bit) & 1u) != 0u;
        color += left * layer.rgb * light_at(origin, hit, is_opaque);
        if (left * layer.a > most) {
          most = left * layer.a;
          seen = index_in(at, params.shape) + 1u;
        }
        left *= 1.0 - layer.a;
        if (left < MIN_LEFT) {
          break;
        }
      }
    } else {
      if (was_in) {
        left_at = hit.distance;
        was_in = false;
      }
      box = empty_box(hit.voxel, word, bit);
      if (with_clip) {
        box.low = select(box.low, params.clip_low, is_clipped);
        box.high = select(box.high, params.clip_high, is_clipped);
      }
    }
    hit = box_exit(hit, origin, box);
    hit.in_section = is_clipped;
    inside = all(vec3u(hit.voxel) < params.shape);
  }
  return Pixel(vec4f(color + left * params.background, 1.0), seen);
}
