import type { ModelKind } from '../../core/model-reference';
import { library } from '../text/library';

/** What was made for the built-in model: the report beside each says what it is. The weights are fetched when a graph uses them. */
const kinds = import.meta.glob<ModelKind>('../../../models/tiny/fine-tunes/*.json', { eager: true, import: 'kind' });

const fineTunes = Object.entries(kinds).map(([file, kind]) => {
  const stem = /([^/]+)\.json$/.exec(file)?.[1] ?? file;
  // "sunflower-lora" is chosen where only LoRAs are: the first word names it.
  const [first = stem] = stem.split('-');
  return {
    value: `tiny/${stem}`,
    title: library.builtIn(first.replace(/^./, (letter) => letter.toUpperCase())),
    kinds: [kind],
  };
});

/** What comes with the app, and what it serves as. */
export const builtIn: readonly {
  readonly value: string;
  readonly title: string;
  readonly kinds: readonly ModelKind[];
}[] = [
  { value: 'tiny', title: library.builtIn('Tiny'), kinds: ['checkpoint', 'unet', 'vae', 'text-encoder'] },
  ...fineTunes,
];
