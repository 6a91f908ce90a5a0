import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { problemOf } from '../core/problem';
import { roomProblem } from '../storage/desk/storage-problem';
import css from './notify.module.css';
import { common } from './text/common';

const tones = {
  done: { Icon: IconCheck, className: css.done },
  warning: { Icon: IconAlertTriangle, className: css.warning },
  failure: { Icon: IconAlertTriangle, className: css.failure },
} as const;

export interface Notice {
  readonly tone: keyof typeof tones;
  /** What happened. */
  readonly title: string;
  /** What it means or what to do. */
  readonly text?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** Shows a toast. One with an action or a failure stays until it is closed; a second one of the same title replaces it. */
export async function notify({ tone, title, text, action }: Notice) {
  const { notifications } = await import('@mantine/notifications');
  const { Icon, className } = tones[tone];
  const id = `${tone} ${title}`;
  const close = () => notifications.hide(id);
  notifications.hide(id);
  notifications.show({
    id,
    message: null,
    role: tone === 'failure' ? 'alert' : 'status',
    autoClose: tone === 'done' ? 5000 : tone === 'warning' ? 10_000 : false,
    renderNotification: () => (
      <div className={css.toast}>
        <Icon className={className} size={16} stroke={1.6} aria-hidden />
        <div className={css.words}>
          <strong>{title}</strong>
          {text && <span>{text}</span>}
        </div>
        {action && (
          <button
            type="button"
            className={css.action}
            onClick={() => {
              action.run();
              close();
            }}
          >
            {action.label}
          </button>
        )}
        <button type="button" className={css.close} aria-label={common.dismiss} onClick={close}>
          <IconX size={14} stroke={1.6} aria-hidden />
        </button>
      </div>
    ),
  });
}

/** Tells that something could not be done, with the problem's own sentences. */
export function notifyFailure(thrown: unknown) {
  const { what, cure } = roomProblem(thrown) ?? problemOf(thrown);
  notify({ tone: 'failure', title: what, text: cure });
}
