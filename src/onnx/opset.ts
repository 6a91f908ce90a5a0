/** Versions that every model names: ONNX 1.16 wrote IR 10 with operator set 21. */
export const version = { ir: 10, onnx: 21, microsoft: 1 };
