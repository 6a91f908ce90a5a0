import type { Kind } from '../../../core/kinds';
import type { Picture } from '../../../engine/events';
import type { NearWord } from '../../../engine/recording/about';
import type { PlainValue } from '../../../engine/recording/plain';
import type { Colors } from '../../../engine/recording/projection';

/** A value of one of these kinds. */
export type Plain<K extends Kind> = Extract<PlainValue, { readonly kind: K }>;

/** What a view of a value gets. */
export interface ViewProps<V> {
  readonly value: V;
  /** Image `image` of a latent through the VAE; undefined where none stands in the graph. */
  readonly decode?: ((image: number) => Promise<Picture | undefined>) | undefined;
  /** The colours of the channels of a latent, where something is known of them. */
  readonly colors?: Colors | undefined;
  /** The words of the text encoder that are nearest to vectors: for each vector, nearest first. */
  readonly nearest?: (() => Promise<readonly (readonly NearWord[])[] | undefined>) | undefined;
  /** What is known of a model: names with values. */
  readonly facts?: (() => Promise<readonly (readonly [name: string, value: string])[] | undefined>) | undefined;
  /** Another conditioning to compare with, and what it is called. */
  readonly other?: { readonly title: string; readonly value: Plain<'conditioning'> } | undefined;
}
