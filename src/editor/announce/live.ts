import { spoken } from '../text/spoken';
import css from './live.module.css';

const region = (role: 'status' | 'alert', label: string): HTMLElement => {
  const element = document.createElement('div');
  element.className = css.live ?? '';
  element.setAttribute('role', role);
  element.setAttribute('aria-label', label);
  document.body.append(element);
  return element;
};

let polite: HTMLElement | undefined;
let waiting: string[] = [];

/** To be called once, before there is something to say: what is in a live region from its start is not read. */
export function openLiveRegion() {
  polite ??= region('status', spoken.region);
}

/** Says a sentence to those who do not see the screen. What is said in one turn is read in one go; the same twice is read twice. */
export function announce(sentence: string) {
  if (waiting.push(sentence) > 1) return;
  requestAnimationFrame(() => {
    const said = waiting.join(' ');
    waiting = [];
    // A changed text is read, the same one is not: a space that cannot be seen makes the difference.
    if (polite) polite.textContent = polite.textContent === said ? `${said}\u00a0` : said;
  });
}
