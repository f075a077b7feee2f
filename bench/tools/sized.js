const SCALE = Number(process.env.SCALE ?? 1);

/** So many; of a run that only shows that it runs (`SCALE=0.001`) fewer, one at least. */
export const sized = (count) => Math.max(1, Math.ceil(count * SCALE));
