import { nodeIcons } from 'virtual:node-icons';
import { IconPuzzle } from '@tabler/icons-react';
import { registry } from './registry';

interface Props {
  readonly type: string;
  readonly size?: number;
  /** The user's; grey without it. */
  readonly color?: string | undefined;
}

/** The icon that a node's definition names. */
export function NodeIcon({ type, size = 13, color }: Props) {
  const Icon = nodeIcons[registry.get(type)?.icon ?? (type.startsWith('subgraph/') ? 'stack-2' : '')] ?? IconPuzzle;
  return <Icon size={size} stroke={1.6} style={color ? { color } : undefined} aria-hidden />;
}
