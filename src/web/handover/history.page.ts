import type { PrisonHandovers } from '../../handover/read-handovers.js';
import { type PageLinks, pageLinks } from '../alerts/page-links.js';
import { english } from '../words/english.js';
import { type NoteFacts, type NoteLine, noteLine } from './note.js';

const words = english.handover;

export const ON_A_PAGE = 10;

/** The hand-overs of a prison, the latest first. */
export interface HistoryPage {
  readonly prisonId: string;
  readonly location: string;
  readonly caption: string;
  readonly notes: readonly NoteLine[];
  readonly pages: PageLinks;
}

/** @param prisonId nothing for all of the reader's: then there is nothing to show @param page from 1 */
export const historyPage = (
  prisonId: string | undefined,
  { content, totalElements }: Pick<PrisonHandovers, 'content' | 'totalElements'>,
  page: number,
  facts: NoteFacts,
): HistoryPage => ({
  prisonId: prisonId ?? '',
  location: words.at(prisonId === undefined ? words.all : facts.people.prisonName(prisonId)),
  caption: words.past.showing(totalElements),
  notes: content.map((handover) => noteLine(handover, facts)),
  pages: pageLinks(page, Math.ceil(totalElements / ON_A_PAGE), (to) => `/handover/history?page=${to}`),
});

export const NOTHING: Pick<PrisonHandovers, 'content' | 'totalElements'> = { content: [], totalElements: 0 };
