// Packs f32 image values into halves, one chunk of the image per call.
// Needs lib/half.wgsl.

struct Params {
  count: u32,      // values in the chunk
  first_word: u32, // first word of the chunk in the image
  gain: f32,       // 1 / unit of the stored values
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> image: array<u32>;

fn half_at(index: u32) -> u32 {
  if (index >= params.count) {
    return NO_IMAGE;
  }
  return half_from_f32(values[index] * params.gain);
}

@compute @workgroup_size(64)
fn pack_image(@builtin(global_invocation_id) id: vec3u) {
  let index = 2u * id.x;
  if (index >= params.count) {
    return;
  }
  image[params.first_word + id.x] = half_at(index) | (half_at(index + 1u) << 16u);
}
