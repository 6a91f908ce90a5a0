/** The part of gifenc 1.0.3 that is used; the package has no types. */
declare module 'gifenc' {
  type Palette = readonly (readonly [number, number, number])[];
  export function quantize(rgba: Uint8Array | Uint8ClampedArray, colors: number): Palette;
  export function applyPalette(rgba: Uint8Array | Uint8ClampedArray, palette: Palette): Uint8Array;
  export function GIFEncoder(): {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { readonly palette: Palette; readonly delay: number; readonly repeat?: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
  const all: {
    readonly quantize: typeof quantize;
    readonly applyPalette: typeof applyPalette;
    readonly GIFEncoder: typeof GIFEncoder;
  };
  export default all;
}
