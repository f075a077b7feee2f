import { Get, Inject, Logger, Param, Post, Query, Redirect, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Asking, type Caller } from '../../access/caller.js';
import { DEMONSTRATION } from '../../oversight/info.js';
import { PrisonNumber } from '../../key-work/subject.js';
import { Freshness } from '../frame/freshness.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { templates } from '../frame/views.js';
import { typedPeriod } from '../person/period.js';
import { FactsOfPerson, HISTORY } from '../person/person-facts.js';
import { pageReaderOf } from '../sign-in/page-reader.js';
import { CannotPrint, type Chromium, CHROMIUM } from './chromium.js';
import { packOf, type ReviewPackPage, reviewPackPage } from './review-pack.page.js';

/** The last three months. */
const LAST_DAYS = 92;
const STYLE = join(import.meta.dirname, '../assets/review-pack.css');

type PackQuery = Readonly<Record<string, unknown>>;

@Page('prisoners/:prisonNumber', [HISTORY], 'read')
export class ReviewPackController {
  private readonly logger = new Logger(ReviewPackController.name);
  private readonly templates = templates();

  constructor(
    private readonly facts: FactsOfPerson,
    private readonly freshness: Freshness,
    @Inject(DEMONSTRATION) private readonly demonstration: boolean,
    @Inject(CHROMIUM) private readonly chromium: Chromium | undefined,
  ) {}

  @Get('review-pack')
  @Viewed('review-pack/review-pack', 'viewReviewPack')
  async view(
    @Param('prisonNumber', PrisonNumber) prisonNumber: string,
    @Query() query: PackQuery,
    @Asking() caller: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReviewPackPage> {
    const period = typedPeriod(query, this.facts.today);
    if (period.errors.length > 0) response.status(400);
    return reviewPackPage({
      ...(await this.packFacts(prisonNumber, query, caller, request)),
      period,
      makesPdf: this.chromium !== undefined,
      printing: query['printing'] === 'yes',
      pdfFailed: query['pdf'] === 'failed',
    });
  }

  /** A disclosure: the sheets leave the building's screens. Leads to the page that prints itself. */
  @Post('review-pack/print')
  @Sent('printReviewPack')
  @Redirect('', 303)
  print(
    @Param('prisonNumber', PrisonNumber) prisonNumber: string,
    @Query() query: PackQuery,
    @Asking() caller: Caller,
  ): { readonly url: string } {
    this.facts.mustRead(caller, prisonNumber);
    return { url: this.pageAt(prisonNumber, query, 'printing=yes') };
  }

  /** A disclosure. Where the PDF cannot be made, it leads back to the page, which says so. */
  @Get('review-pack.pdf')
  @Sent('exportReviewPack')
  async pdf(
    @Param('prisonNumber', PrisonNumber) prisonNumber: string,
    @Query() query: PackQuery,
    @Asking() caller: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | undefined> {
    const pack = packOf(await this.packFacts(prisonNumber, query, caller, request));
    try {
      const pdf = await this.printed(pack);
      return new StreamableFile(pdf, {
        type: 'application/pdf',
        disposition: `attachment; filename="review-pack-${prisonNumber}.pdf"`,
      });
    } catch (error) {
      if (!(error instanceof CannotPrint)) throw error;
      this.logger.warn(error.code);
      response.status(303).location(this.pageAt(prisonNumber, query, 'pdf=failed'));
      return undefined;
    }
  }

  private printed(pack: ReturnType<typeof packOf>): Promise<Buffer> {
    if (!this.chromium) throw new CannotPrint('there is no Chromium here');
    const style = readFileSync(STYLE, 'utf8');
    return this.chromium.print(
      this.templates.render('review-pack/paper.njk', { pack, style, demonstration: this.demonstration }),
    );
  }

  private async packFacts(prisonNumber: string, query: PackQuery, caller: Caller, request: Request) {
    const { days } = typedPeriod(query, this.facts.today);
    const history = await this.facts.history(caller, prisonNumber, days, LAST_DAYS);
    return {
      history,
      people: this.facts.peopleFor(caller),
      preparedBy: pageReaderOf(request)?.name ?? caller.name,
      warnings: this.freshness.banners([history.prisonId]).map(({ text }) => text),
    };
  }

  private pageAt(prisonNumber: string, query: PackQuery, more: string): string {
    const period = new URLSearchParams(typedPeriod(query, this.facts.today).days).toString();
    return `/prisoners/${prisonNumber}/review-pack?${period === '' ? '' : `${period}&`}${more}`;
  }
}
