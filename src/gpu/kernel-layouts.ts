/**
 * Offsets of the fields in a kernel's buffers. The build reads them from the WGSL, so nobody counts bytes by
 * hand.
 */

type Scalar = "f32" | "u32" | "i32";
export type FieldType = Scalar | `vec${2 | 3 | 4}${"f" | "u" | "i"}`;

export interface StructLayout {
  /** Size in bytes, which is also the stride in an array. */
  readonly size: number;
  /** Byte offset and type; a nested struct has its own layout. */
  readonly fields: Readonly<Record<string, readonly [offset: number, type: FieldType | StructLayout]>>;
}

export interface KernelLayouts {
  /** Layout of each `var<uniform>`. */
  readonly uniforms: Readonly<Record<string, StructLayout>>;
  /** Layout of the elements of each `var<storage>` that is an array of structs. */
  readonly arrays: Readonly<Record<string, StructLayout>>;
  /** Bindings of the vertex and fragment shaders in group 0; empty for compute kernels. */
  readonly bindings: readonly GPUBindGroupLayoutEntry[];
}

/** Result of `import … from "….wgsl?kernel"`. */
export interface KernelSource extends KernelLayouts {
  readonly code: string;
}

/** Values of a struct by field name. */
export interface StructValues {
  readonly [field: string]: number | readonly number[] | StructValues;
}

/** Writes a WGSL struct as bytes; fields without a value keep the view's contents. */
export function writeStruct({ fields }: StructLayout, values: StructValues, view: DataView, start = 0): void {
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name];
    if (!field) throw new Error(`No field is named ${name}.`);
    const [offset, type] = field;
    if (typeof type === "object") {
      if (!isStruct(value)) throw new Error(`${name} takes a struct.`);
      writeStruct(type, value, view, start + offset);
      continue;
    }
    const numbers = typeof value === "number" ? [value] : value;
    if (isStruct(numbers) || numbers.length !== componentsOf(type))
      throw new Error(`${name} takes ${componentsOf(type)} numbers.`);
    numbers.forEach((number, i) => {
      writeScalar(view, start + offset + 4 * i, type, number);
    });
  }
}

function isStruct(value: StructValues[string]): value is StructValues {
  return typeof value === "object" && !Array.isArray(value);
}

function componentsOf(type: FieldType): number {
  return type.startsWith("vec") ? Number(type[3]) : 1;
}

function writeScalar(view: DataView, at: number, type: FieldType, value: number): void {
  const kind = type.startsWith("vec") ? type[4] : type[0];
  if (kind === "f") view.setFloat32(at, value, true);
  else if (kind === "u") view.setUint32(at, value, true);
  else view.setInt32(at, value, true);
}
