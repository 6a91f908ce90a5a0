declare module 'virtual:node-icons' {
  /** Tabler icons by the names that node definitions use. */
  export const nodeIcons: Readonly<Record<string, import('@tabler/icons-react').Icon>>;
}
