import { canvas } from './focus';
import css from './hint.module.css';

let chip: HTMLElement | undefined;

/** Shows at the foot of the canvas which keys count at the moment, or hides it. What is spoken is announced apart from it. */
export function showHint(text: string | undefined) {
  if (!chip) {
    if (text === undefined) return;
    chip = document.createElement('div');
    chip.className = css.hint ?? '';
    chip.setAttribute('aria-hidden', 'true');
  }
  chip.textContent = text ?? '';
  if (text === undefined) chip.remove();
  else if (!chip.isConnected) canvas()?.append(chip);
}
