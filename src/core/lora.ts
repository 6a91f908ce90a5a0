/** A tensor of a file: its shape is known, its elements are read when they are asked for. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /** Row-major. Do not write into it. */
  read(): Float32Array;
}

/** A matrix as the product of two: `[rows, rank]` times `[rank, columns]`. */
export type Product = readonly [StoredTensor, StoredTensor];

/**
 * What a LoRA file adds to a layer whose weight is `[out, in, ...kernel]`, at strength 1.
 * low-rank: `scale * up * core * down` with down `[r, in, ...kernel]` and up `[out, r]` (arXiv 2106.09685); where there is a
 * core `[r, r, ...kernel]` it alone has the kernel (CP decomposition).
 * hadamard: `scale *` the elementwise product of two products (LoHa, arXiv 2108.06098).
 * kronecker: `scale * first ⊗ second`, `[o1, i1]` and `[o2, i2, ...kernel]` (LoKr, arXiv 2309.14859).
 * difference: the change itself, of the weight or of the bias.
 */
export type LayerChange =
  | {
      readonly kind: 'low-rank';
      readonly down: StoredTensor;
      readonly core?: StoredTensor;
      readonly up: StoredTensor;
      readonly scale: number;
    }
  | { readonly kind: 'hadamard'; readonly first: Product; readonly second: Product; readonly scale: number }
  | { readonly kind: 'kronecker'; readonly first: StoredTensor; readonly second: StoredTensor; readonly scale: number }
  | { readonly kind: 'difference'; readonly of: 'weight' | 'bias'; readonly tensor: StoredTensor };

/** What a LoRA file says of one layer. */
export interface LoraLayer {
  /** As the file calls it: `lora_unet_mid_block_attentions_0_proj_in`. */
  readonly name: string;
  /** Whose layer it is; undefined where the file does not say. */
  readonly part?: 'unet' | 'text-encoder';
  /** The layer's own name with underscores for dots: `mid_block_attentions_0_proj_in`. */
  readonly module: string;
  readonly changes: readonly LayerChange[];
}

/** Small changes of many layers of a model, learned apart from it. */
export interface Lora {
  readonly key: string;
  readonly title: string;
  readonly layers: readonly LoraLayer[];
  /** What a person should know of it: above all, which tensors of the file are not understood. */
  readonly notes: readonly string[];
}

/** A network that LoRA may enter. */
export interface TakesLora<T> {
  /**
   * The network with a LoRA on top of it, beside those that it has already, and the names of those of its layers that it has a
   * place for. Changing the strength later costs no new session. Throws a sentence where a layer has another shape than
   * here. Absent where nothing can be added: a network that came as a finished graph.
   */
  withLora?(lora: Lora, strength: number): { readonly network: T; readonly placed: ReadonlySet<string> };
  /** What a person should know of it. */
  readonly notes?: readonly string[];
}
