import css from './WeftNode.module.css';

/** Goes round while its node runs; the footer beside it has the count. */
export const Spinner = () => (
  <svg
    className={css.spinner}
    width={13}
    height={13}
    viewBox="0 0 14 14"
    fill="none"
    strokeWidth={2}
    aria-hidden="true"
  >
    <circle cx={7} cy={7} r={5.5} stroke="var(--line-2)" />
    <path d="M7 1.5A5.5 5.5 0 0 1 12.5 7" stroke="var(--accent)" strokeLinecap="round" />
  </svg>
);
