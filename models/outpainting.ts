/** Room around a picture, and how far the mask of it reaches into the picture; pixels. */
export interface Padding {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly feathering: number;
}

/**
 * A picture `[n, c, h, w]` with mid grey around it and the mask of the grey, which falls with the square of the distance from
 * each side that has room: ComfyUI's `ImagePadForOutpaint` (nodes.py).
 */
export function padForOutpainting(picture: Float32Array, dims: readonly number[], padding: Padding) {
  const { left, top, right, bottom, feathering } = padding;
  const [images = 1, channels = 3, height = 0, width = 0] = dims;
  const size = { width: width + left + right, height: height + top + bottom };
  const data = new Float32Array(images * channels * size.width * size.height).fill(0.5);
  for (let row = 0; row < images * channels * height; row++) {
    const plane = Math.floor(row / height);
    const to = (plane * size.height + top + (row % height)) * size.width + left;
    data.set(picture.subarray(row * width, (row + 1) * width), to);
  }
  const mask = new Float32Array(size.width * size.height).fill(1);
  const fades = feathering > 0 && feathering * 2 < height && feathering * 2 < width;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const distance = Math.min(
        top ? y : height,
        bottom ? height - y : height,
        left ? x : width,
        right ? width - x : width,
      );
      const share = fades && distance < feathering ? (feathering - distance) / feathering : 0;
      mask[(top + y) * size.width + left + x] = share * share;
    }
  return { data, mask, size };
}
