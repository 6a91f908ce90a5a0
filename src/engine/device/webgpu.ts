/** A GPUDevice made for ONNX Runtime, or why there is none. */
export type GpuAnswer =
  | { readonly device: GPUDevice; readonly title: string; readonly software: boolean; readonly float16: boolean }
  | { readonly reason: string };

/** Limits that ONNX Runtime's kernels make use of; the defaults would refuse tensors above 128 MiB. */
const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

function titleOf({ vendor, architecture, description }: GPUAdapterInfo): string {
  const brands: Record<string, string> = { amd: 'AMD', nvidia: 'NVIDIA', qualcomm: 'Qualcomm', arm: 'ARM' };
  const brand = brands[vendor] ?? vendor.charAt(0).toUpperCase() + vendor.slice(1);
  return description || [brand, architecture].filter(Boolean).join(' ') || 'unnamed graphics adapter';
}

/** Asks the browser for its fastest graphics adapter and a device on it. Reasons are sentences. */
export async function openGpu(): Promise<GpuAnswer> {
  if (!('gpu' in navigator)) return { reason: 'This browser has no WebGPU.' };
  try {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return { reason: 'No graphics adapter answered.' };
    const requiredLimits = Object.fromEntries(WANTED_LIMITS.map((name) => [name, adapter.limits[name]]));
    // Without 'subgroups': with it, ONNX Runtime's flash attention gave wrong numbers on some adapters.
    const float16 = adapter.features.has('shader-f16');
    const device = await adapter.requestDevice({ requiredLimits, requiredFeatures: float16 ? ['shader-f16'] : [] });
    return { device, title: titleOf(adapter.info), software: adapter.info.isFallbackAdapter, float16 };
  } catch (error) {
    return { reason: `The graphics adapter gave no device: ${error instanceof Error ? error.message : String(error)}` };
  }
}
