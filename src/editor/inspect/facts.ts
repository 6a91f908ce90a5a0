import { useCallback, useEffect, useState } from 'react';
import type { Kind } from '../../core/kinds';
import type { ValueAddress } from '../../engine/recording/address';
import type { Colors } from '../../engine/recording/projection';
import { recordedAbout } from '../engine/recorded';
import type { ViewProps } from './views/view-props';

const models: ReadonlySet<Kind> = new Set(['text-encoder', 'unet', 'vae', 'controlnet']);
const latents: ReadonlySet<Kind> = new Set(['latent', 'prediction', 'trajectory']);

/** What the engine can tell of a value beyond the value itself. */
export function useFactsOf(
  address: ValueAddress | undefined,
  kind: Kind | undefined,
): Pick<ViewProps<unknown>, 'nearest' | 'facts' | 'colors'> {
  const nearest = useCallback(async () => address && (await recordedAbout(address))?.nearest, [address]);
  const facts = useCallback(async () => address && (await recordedAbout(address))?.facts, [address]);
  const [colors, setColors] = useState<Colors>();
  const colored = kind !== undefined && latents.has(kind);
  useEffect(() => {
    // Those of the run are the same at every step; they are asked for again because another run may have decoded more.
    if (colored && address) recordedAbout(address).then((about) => setColors(about?.colors));
  }, [colored, address]);
  return {
    nearest: kind === 'embedding' ? nearest : undefined,
    facts: kind !== undefined && models.has(kind) ? facts : undefined,
    colors,
  };
}
