/** Reads byte layouts and bindings from WGSL. */
import type { FieldType, KernelLayouts, StructLayout } from "../src/gpu/kernel-layouts.ts";

interface Struct {
  readonly size: number;
  readonly fields: Readonly<Record<string, { readonly offset: number; readonly type: object }>>;
}

const isStruct = (type: object): type is Struct => "fields" in type;

/** Defines browser globals that the parser needs and Node may lack. */
function asInBrowser(): void {
  const globals: Record<string, unknown> = globalThis as unknown as Record<string, unknown>;
  globals.GPUShaderStage ??= { VERTEX: 1, FRAGMENT: 2, COMPUTE: 4 };
  globals.Float16Array ??= Uint16Array;
}

/**
 * @param wgsl a whole module
 * @throws Error if a buffer has a field of a type outside {@link FieldType}
 */
export async function reflect(wgsl: string): Promise<KernelLayouts> {
  asInBrowser();
  const { makeBindGroupLayoutDescriptors, makeShaderDataDefinitions } = await import("webgpu-utils");
  const definitions = makeShaderDataDefinitions(wgsl);
  const uniforms = Object.entries(definitions.uniforms).map(([name, { typeDefinition }]) => {
    if (!isStruct(typeDefinition)) throw new Error(`The uniform ${name} is no struct.`);
    return [name, layoutOf(name, typeDefinition)] as const;
  });
  const arrays = Object.entries(definitions.storages).flatMap(([name, { typeDefinition }]) => {
    const element = (typeDefinition as { readonly elementType?: object }).elementType;
    return element && isStruct(element) ? [[name, layoutOf(name, element)] as const] : [];
  });
  const entry = (shaderStage: number) =>
    Object.entries(definitions.entryPoints).find(([, point]) => point.stage === shaderStage)?.[0];
  const [vertex, fragment] = [entry(GPUShaderStage.VERTEX), entry(GPUShaderStage.FRAGMENT)];
  const [group] =
    vertex && fragment
      ? makeBindGroupLayoutDescriptors(definitions, {
          vertex: { entryPoint: vertex },
          fragment: { entryPoint: fragment },
        })
      : [];
  return {
    uniforms: Object.fromEntries(uniforms),
    arrays: Object.fromEntries(arrays),
    bindings: [...(group?.entries ?? [])],
  };
}

const FIELD_TYPE = /^([fui]32|vec[234][fui])$/;

function layoutOf(variable: string, { size, fields }: Struct): StructLayout {
  const entries = Object.entries(fields).map(([name, { offset, type }]) => {
    const known = isStruct(type) ? layoutOf(`${variable}.${name}`, type) : fieldType(type);
    if (known === null)
      throw new Error(`${variable}.${name} is ${JSON.stringify(type)}, which is not written from values.`);
    return [name, [offset, known]] as const;
  });
  return { size, fields: Object.fromEntries(entries) };
}

function fieldType(type: object): FieldType | null {
  const text = "type" in type ? String(type.type) : "";
  return FIELD_TYPE.test(text) ? (text as FieldType) : null;
}
