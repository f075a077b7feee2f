import { Get } from '@nestjs/common';
import type { Caller } from '../../access/caller.js';
import { Page, Viewed } from '../frame/page.js';
import { Viewer } from '../sign-in/viewer.js';
import { PendingReader } from './pending-reader.js';
import { type PendingPage, pendingPage } from './pending.page.js';

@Page(
  'pending',
  ['ROLE_CUSTODY_WATCH__HISTORY__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'],
  'read',
)
export class PendingPageController {
  constructor(private readonly pending: PendingReader) {}

  @Get()
  @Viewed('pending/pending', 'viewPendingEvents')
  async pendingEvents(@Viewer() { prisons }: Caller): Promise<PendingPage> {
    return pendingPage(await this.pending.of(prisons));
  }
}
