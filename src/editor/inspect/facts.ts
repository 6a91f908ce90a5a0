import { useCallback } from 'react';
import type { Kind } from '../../core/kinds';
import type { ValueAddress } from '../../engine/recording/address';
import { recordedAbout } from '../engine/recorded';
import type { ViewProps } from './views/view-props';

const models: ReadonlySet<Kind> = new Set(['text-encoder', 'unet', 'vae', 'controlnet', 'lora']);

/** What the engine can tell of a value beyond the value itself. */
export function useFactsOf(
  address: ValueAddress | undefined,
  kind: Kind | undefined,
): Pick<ViewProps<unknown>, 'nearest' | 'facts'> {
  const nearest = useCallback(async () => address && (await recordedAbout(address))?.nearest, [address]);
  const facts = useCallback(async () => address && (await recordedAbout(address))?.facts, [address]);
  return {
    nearest: kind === 'embedding' ? nearest : undefined,
    facts: kind !== undefined && models.has(kind) ? facts : undefined,
  };
}
