import { encode } from 'uqr';
import { share as words } from '../text/share';

/** Letters that the largest code holds with the least correction (ISO/IEC 18004, table 7). */
const MOST = 2953;

/** A text as a QR code, drawn dark on white in every theme, as cameras want it. */
export function QrCode({ text, className }: { readonly text: string; readonly className?: string | undefined }) {
  if (text.length > MOST) return <p>{words.noQr}</p>;
  const { data, size } = encode(text, { border: 4 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('');
  return (
    <svg className={className} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words.qr}>
      <rect width={size} height={size} fill="#fff" />
      <path d={squares} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
