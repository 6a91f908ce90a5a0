import { recipes as words } from '../text/recipes';
/** Colours for node icons, frames and notes: quiet ones that are seen in both themes. They are data, not theme. */
export const colors: readonly { readonly name: string; readonly value: string }[] = [
  { name: words.colors.red, value: '#d9736a' },
  { name: words.colors.orange, value: '#d0894a' },
  { name: words.colors.yellow, value: '#b8973a' },
  { name: words.colors.green, value: '#5fa36a' },
  { name: words.colors.teal, value: '#3fa09a' },
  { name: words.colors.blue, value: '#5d8fdc' },
  { name: words.colors.purple, value: '#9a7fd6' },
];
