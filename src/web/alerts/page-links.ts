/** Links to the pages of a list, as the GOV.UK pagination takes them. */
export interface PageLinks {
  readonly previous: { readonly href: string } | undefined;
  readonly next: { readonly href: string } | undefined;
  readonly items: readonly PageLink[];
}

type PageLink =
  { readonly number: number; readonly href: string; readonly current: boolean } | { readonly ellipsis: true };

/** Pages count from 1: the first, the last, and those around the current one. */
export const pageLinks = (current: number, total: number, href: (page: number) => string): PageLinks => {
  const numbers = [...new Set([1, current - 1, current, current + 1, total])].filter(
    (page) => page >= 1 && page <= total,
  );
  const items = numbers.flatMap((page, index): PageLink[] => [
    ...(index > 0 && page - (numbers[index - 1] ?? page) > 1 ? [{ ellipsis: true } as const] : []),
    { number: page, href: href(page), current: page === current },
  ]);
  return {
    previous: current > 1 ? { href: href(current - 1) } : undefined,
    next: current < total ? { href: href(current + 1) } : undefined,
    items: total > 1 ? items : [],
  };
};
