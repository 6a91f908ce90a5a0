import { IconBrush } from '@tabler/icons-react';
import { uiStore } from '../state/ui-store';
import { widgets } from '../text/widgets';
import type { FieldProps } from './field';
import { useThumbnail } from './thumbnail';
import css from './widgets.module.css';

/** What was painted, small; a press opens it as large as the window. */
export function PaintingField({ node, parameter, value, label, place }: FieldProps) {
  const thumbnail = useThumbnail(String(value ?? ''));
  return (
    <button
      type="button"
      className={`${css.file} nodrag`}
      aria-label={thumbnail ? widgets.paintOnOf(label) : widgets.paint}
      data-stop
      tabIndex={place === 'node' ? -1 : 0}
      onClick={() => uiStore.setState({ painting: { node, parameter: parameter.name } })}
    >
      {thumbnail && <img className={css.painting} src={thumbnail} alt="" />}
      <span>
        <IconBrush size={13} stroke={1.6} aria-hidden />
        {thumbnail ? widgets.paintOn : widgets.paint}
      </span>
    </button>
  );
}
