import { useDevice } from '../state/use';
import css from './TopBar.module.css';

/** What computes, and why not something faster. */
export function DevicePill() {
  const { state, name, reason } = useDevice();
  return (
    <button
      type="button"
      className={`${css.device} ${css[state]}`}
      aria-label={['Device', name, reason].filter(Boolean).join(': ')}
      data-help-title={name}
      data-help={reason ?? (state === 'ready' ? 'The fastest device that this browser offers.' : 'Choosing a device.')}
      data-help-now
    >
      <i />
      <span>{name}</span>
    </button>
  );
}
