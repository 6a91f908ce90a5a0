import { flushSync } from 'react-dom';
import { setParameter } from '../document/parameters';
import { currentDocument, edit } from '../state/document-store';
import { prompt } from '../text/prompt';
import { withWord } from './word-list';

/** Where the user was in a prompt last. */
interface Caret {
  readonly field: HTMLTextAreaElement;
  readonly node: string;
  readonly parameter: string;
  readonly start: number;
  readonly end: number;
}

let caret: Caret | undefined;

export function rememberCaret(field: HTMLTextAreaElement, node: string, parameter: string) {
  caret = { field, node, parameter, start: field.selectionStart, end: field.selectionEnd };
}

/** Puts a word where the user was in a prompt last, or at its end: one gesture for undo. */
export function insertWord(node: string, parameter: string, word: string, tag: boolean) {
  const value = currentDocument().nodes.find(({ id }) => id === node)?.params[parameter];
  const text = typeof value === 'string' ? value : '';
  const at = caret?.node === node && caret.parameter === parameter ? caret : undefined;
  const place = [
    Math.min(at?.start ?? text.length, text.length),
    Math.min(at?.end ?? text.length, text.length),
  ] as const;
  const next = withWord(text, place, { word, tag });
  // The field must have the new text before its caret can stand behind the word.
  flushSync(() => edit(prompt.insert(word), setParameter(node, parameter, next.text)));
  if (!at?.field.isConnected) return;
  at.field.setSelectionRange(next.caret, next.caret);
  rememberCaret(at.field, node, parameter);
}

/** Gives the focus back to the prompt that the user was in. False when it is no longer there. */
export function returnToPrompt(node: string): boolean {
  if (caret?.node !== node || !caret.field.isConnected) return false;
  caret.field.focus();
  return true;
}
