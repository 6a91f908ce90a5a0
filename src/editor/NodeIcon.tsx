import { nodeIcons } from 'virtual:node-icons';
import { IconPuzzle } from '@tabler/icons-react';
import { registry } from './registry';

/** The icon that a node's definition names. */
export function NodeIcon({ type, size = 13 }: { readonly type: string; readonly size?: number }) {
  const Icon = nodeIcons[registry.get(type)?.icon ?? ''] ?? IconPuzzle;
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
