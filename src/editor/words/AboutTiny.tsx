import { uiStore } from '../state/ui-store';
import { prompt } from '../text/prompt';
import { aboutTiny } from './tiny';
import css from './words.module.css';

/** What the built-in model is and is not, with a way to its card. */
export function AboutTiny() {
  return (
    <p className={css.about}>
      {aboutTiny}{' '}
      <button type="button" onClick={() => uiStore.setState({ dialog: 'model-card' })}>
        {prompt.card}
      </button>
    </p>
  );
}
