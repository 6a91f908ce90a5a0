import { useDevice } from '../state/use';
import { topbar } from '../text/topbar';
import css from './TopBar.module.css';

/** What computes, and why not something faster. */
export function DevicePill() {
  const { state, name, reason } = useDevice();
  return (
    <button
      type="button"
      className={`${css.device} ${css[state]}`}
      aria-label={[topbar.device, name, reason].filter(Boolean).join(': ')}
      data-help-title={name}
      data-help={reason ?? (state === 'ready' ? topbar.fastest : topbar.choosing)}
      data-help-now
    >
      <i />
      <span>{name}</span>
    </button>
  );
}
