import { createSecretKey, randomBytes } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Request, Response } from 'express';
import { decrypt, encrypt } from '../../personal-data/cipher.js';
import { HOUR, type Instant } from '../../prison/instant.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { PUBLIC_URL } from './page-sign-in.js';
import type { Attempt } from './people-issuer.js';
import { cookieTerms, cookieName } from './session.js';

/** What somebody is about who has yet to sign in. */
export interface Errand {
  readonly attempt?: Attempt;
  /** The page to go to once they have signed in. */
  readonly wayBack?: string;
  /** Their sign-in had ended when they sent a form. */
  readonly nothingSaved?: true;
}

interface SealedErrand {
  readonly errand: Errand;
  readonly until: Instant;
}

/** In milliseconds: for so long somebody may be at the issuer. */
const LONGEST = HOUR;
const CONTEXT = 'errand';

/**
 * Who has yet to sign in carries their errand with them, in a cookie that only this process can open. Nothing of strangers
 * is kept here, so however many come, none is in the way of another.
 */
@Injectable()
export class Errands {
  /** Lives as long as the process, as sessions do. */
  private readonly key = createSecretKey(randomBytes(32));
  private readonly name: string;
  private readonly cookie: RegExp;
  private readonly terms: ReturnType<typeof cookieTerms>;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(PUBLIC_URL) publicUrl?: string,
  ) {
    this.terms = cookieTerms(publicUrl);
    this.name = `${cookieName(this.terms.secure)}-errand`;
    this.cookie = new RegExp(`(?:^|;\\s*)${this.name}=([\\w-]+)`);
  }

  /** The errand of whoever sends a request; nothing in it where they carry none, or one that is too old. */
  of({ headers }: Request): Errand {
    const box = Buffer.from(this.cookie.exec(headers.cookie ?? '')?.[1] ?? '', 'base64url');
    const text = decrypt(this.key, box, CONTEXT)?.toString();
    if (text === undefined) return {};
    const { errand, until } = JSON.parse(text) as SealedErrand;
    return this.clock.now() < until ? errand : {};
  }

  /** Gives them more to carry, beside what they carry already. */
  give(request: Request, response: Response, more: Errand): void {
    const sealed: SealedErrand = { errand: { ...this.of(request), ...more }, until: this.clock.now() + LONGEST };
    const box = encrypt(this.key, JSON.stringify(sealed), CONTEXT).toString('base64url');
    response.cookie(this.name, box, this.terms);
  }

  /** They have come where they were going. */
  end(response: Response): void {
    response.clearCookie(this.name, this.terms);
  }
}
