/** Round values of an axis that begins at 0, the last at or above the greatest: 4 to 6 of them. */
export const ticksUpTo = (greatest: number): number[] => {
  const step = roundUp(Math.max(greatest, 1) / 5);
  return Array.from(
    { length: Math.max(1, Math.ceil(greatest / step)) + 1 },
    (_, n) => Math.round(n * step * 1e6) / 1e6,
  );
};

/** The next of 1, 2, 5, 10, 20, … */
const roundUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5].find((step) => value / power <= step) ?? 10;
  return factor * power;
};

/** In CSS pixels, to a tenth. */
export const pixels = (value: number): number => Math.round(value * 10) / 10;
