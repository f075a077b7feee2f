/** `1 safety alert`, `2 safety alerts`, `1,200 safety alerts`. */
export const counted = (n: number, one: string, several = `${one}s`): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : several}`;

export const people = (n: number): string => counted(n, 'person', 'people');
