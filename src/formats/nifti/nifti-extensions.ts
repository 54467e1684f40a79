/** NIfTI header extensions: the bytes between the header and its voxels. */
export interface NiftiExtension {
  readonly code: number;
  readonly data: Uint8Array;
}

/**
 * Splits the bytes between a header and its voxels into extensions. Some writers store the lengths in the
 * byte order opposite to the header's. The list ends at the first invalid extension: extensions are optional,
 * so damage there does not make the file unreadable.
 *
 * @param bytes from the end of the extension flag to the first voxel
 */
export function readExtensions(bytes: Uint8Array, littleEndian: boolean): NiftiExtension[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const extensions: NiftiExtension[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const fits = (order: boolean) => {
      const size = view.getInt32(at, order);
      return size >= 8 && at + size <= bytes.length;
    };
    const order = [littleEndian, !littleEndian].find(fits);
    if (order === undefined) break;
    const size = view.getInt32(at, order);
    extensions.push({ code: view.getInt32(at + 4, order), data: bytes.subarray(at + 8, at + size) });
    at += size;
  }
  return extensions;
}
