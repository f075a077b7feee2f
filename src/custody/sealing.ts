import { Inject, Injectable } from '@nestjs/common';
import { type Seals, SEALS } from '../personal-data/seals.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';

/** The log's seal, and with what the names of its streams begin. */
@Injectable()
export class Sealing {
  constructor(
    @Inject(SEALS) readonly seals: Seals,
    @Inject(STREAM_PREFIX) readonly prefix: string,
  ) {}
}
