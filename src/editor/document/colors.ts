/** Colours for node icons, frames and notes: quiet ones that are seen in both themes. They are data, not theme. */
export const colors: readonly { readonly name: string; readonly value: string }[] = [
  { name: 'Red', value: '#d9736a' },
  { name: 'Orange', value: '#d0894a' },
  { name: 'Yellow', value: '#b8973a' },
  { name: 'Green', value: '#5fa36a' },
  { name: 'Teal', value: '#3fa09a' },
  { name: 'Blue', value: '#5d8fdc' },
  { name: 'Purple', value: '#9a7fd6' },
];
