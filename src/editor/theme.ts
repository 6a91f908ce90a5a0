import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** Mantine measures and colours with the values of tokens.css and has none of its own. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  cursorType: 'default',
  respectReducedMotion: true,
});

const variables = {
  '--mantine-color-body': 'var(--canvas)',
  '--mantine-color-text': 'var(--text-1)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-default': 'var(--overlay)',
  '--mantine-color-default-hover': 'var(--raised)',
  '--mantine-color-default-color': 'var(--text-1)',
  '--mantine-color-default-border': 'var(--line-1)',
  '--mantine-color-gray-1': 'var(--accent-wash)',
  '--mantine-color-dark-4': 'var(--accent-wash)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-radius-default': 'var(--r-2)',
  '--mantine-font-size-sm': '12px',
  '--mantine-font-size-xs': '11px',
  '--mantine-line-height': '16px',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: variables, dark: variables });
