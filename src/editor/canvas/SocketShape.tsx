import { memo } from 'react';
import { type Kind, kinds, type SocketShape as Shape } from '../../core/kinds';

const paths: Readonly<Record<Shape, string>> = {
  circle: 'M1 6a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z',
  square: 'M3.4 1.4h5.2a2 2 0 0 1 2 2v5.2a2 2 0 0 1 -2 2h-5.2a2 2 0 0 1 -2 -2v-5.2a2 2 0 0 1 2 -2Z',
  diamond: 'M6 .2 11.8 6 6 11.8 .2 6Z',
  triangle: 'M2 .8 11.2 6 2 11.2Z',
  hexagon: 'M6 .3 11 3.1v5.8L6 11.7 1 8.9V3.1Z',
  cross: 'M4 .6h4v3.4h3.4v4H8v3.4H4V8H.6V4H4Z',
};

/** The colour of a kind, or a neutral one where the kind is not known. */
export const kindColor = (kind: Kind | undefined): string => (kind ? `var(--kind-${kind})` : 'var(--text-3)');

interface Props {
  readonly kind: Kind | undefined;
  /** Drawn as a ring: a parameter's socket that waits for a wire. */
  readonly hollow?: boolean;
  /** Drawn with a second outline: a list. */
  readonly many?: boolean;
  readonly size?: number;
}

/** The sign of a kind: its family's shape in its colour. */
export const SocketShape = memo(function SocketShape({ kind, hollow = false, many = false, size = 12 }: Props) {
  const path = paths[kind ? kinds[kind].shape : 'circle'];
  const color = kindColor(kind);
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" overflow="visible" aria-hidden="true">
      {many && (
        <path
          d={path}
          fill="none"
          stroke={color}
          strokeWidth={1}
          transform="translate(6 6) scale(1.62) translate(-6 -6)"
        />
      )}
      <path
        d={path}
        fill={hollow ? 'var(--node)' : color}
        stroke={hollow ? color : 'var(--node)'}
        strokeWidth={hollow ? 2 : 1.5}
        strokeLinejoin="round"
        paintOrder="stroke"
      />
    </svg>
  );
});
