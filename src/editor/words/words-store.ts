import { createStore } from 'zustand/vanilla';
import address from '../../../models/tiny/words.json?url';
import { notifyFailure } from '../notify';
import { selectNodes } from '../state/canvas-store';
import { uiStore } from '../state/ui-store';
import { prompt } from '../text/prompt';
import type { WordList } from './word-list';

interface WordsState {
  readonly list: WordList | undefined;
  /** Whether the list stands open in the inspector. */
  readonly open: boolean;
  /** The prompt whose list is to take the focus as soon as it is drawn. */
  readonly wanted: string | undefined;
}

export const wordsStore = createStore<WordsState>(() => ({ list: undefined, open: true, wanted: undefined }));

let asked = false;

/** Loads the list once; a failed attempt is told and made again at the next call. */
export function loadWords() {
  if (asked) return;
  asked = true;
  fetch(address)
    .then(async (response) => {
      if (!response.ok) throw new Error(prompt.notLoaded(response.status));
      wordsStore.setState({ list: (await response.json()) as WordList });
    })
    .catch((thrown: unknown) => {
      asked = false;
      notifyFailure(thrown);
    });
}

/** Shows the words beside a prompt, in the inspector. */
export function showWords(node: string) {
  selectNodes([node]);
  wordsStore.setState({ open: true, wanted: node });
  uiStore.setState({ inspector: true });
}
