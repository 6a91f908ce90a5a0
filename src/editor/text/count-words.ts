/** "1 node", "3 nodes". */
export const countWords = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
