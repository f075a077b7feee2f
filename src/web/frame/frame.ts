import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { DEMONSTRATION } from '../../oversight/info.js';
import { PrisonNames } from '../../prison/prison-names.js';
import { type Banner, Freshness } from './freshness.js';
import { type NavigationItem, navigationFor } from './navigation.js';
import { pageReaderOf, type PageReader } from '../sign-in/page-reader.js';
import { english } from '../words/english.js';

/** The reader of the page, as the frame shows them. */
interface FrameReader {
  readonly name: string;
  readonly location: string;
  readonly canChangeLocation: boolean;
  readonly canSignOut: boolean;
  readonly nothingSaved: boolean;
}

/** What every page shows around what it is about. */
export interface Frame {
  /** Scripts of this answer carry it; no other runs. */
  readonly nonce: string;
  readonly csrfToken: string;
  readonly signedIn?: FrameReader;
  readonly navigation: readonly NavigationItem[];
  /** Where it is said what the reader’s prisons are told. */
  readonly coverage?: string;
  readonly demonstration: boolean;
  readonly banners: readonly Banner[];
  readonly freshness?: string;
}

/** Gives every page its frame. */
@Injectable()
export class Frames {
  constructor(
    private readonly freshness: Freshness,
    private readonly names: PrisonNames,
    @Optional() @Inject(DEMONSTRATION) private readonly demonstration: boolean = false,
  ) {}

  /** For the application: goes before every other. The frame is as things stand when the page is rendered. */
  readonly around = (request: Request, { locals }: Response, next: NextFunction): void => {
    locals['nonce'] = randomBytes(16).toString('base64');
    Object.defineProperty(locals, 'frame', {
      enumerable: true,
      get: () => this.of(pathOf(request), String(locals['nonce']), pageReaderOf(request)),
    });
    next();
  };

  private of(path: string, nonce: string, person: PageReader | undefined): Frame {
    const { demonstration } = this;
    if (!person) return { nonce, demonstration, csrfToken: '', navigation: [], banners: [] };
    return {
      nonce,
      demonstration,
      signedIn: frameReaderOf(person, this.names.withId),
      csrfToken: person.csrfToken,
      navigation: navigationFor(person.roles, path),
      coverage: coverageOf(person),
      banners: this.freshness.banners(person.location === 'all' ? person.locations : [person.location]),
      freshness: this.freshness.line(),
    };
  }
}

const words = english.frame;

const frameReaderOf = (
  { kind, name, location, locations, canSignOut, nothingSaved }: PageReader,
  nameOf: PrisonNames['withId'],
): FrameReader => ({
  name: kind === 'local' ? words.thisMachine : name,
  location: location === 'all' ? words.allLocations : nameOf(location),
  canChangeLocation: locations.length > 1,
  canSignOut,
  nothingSaved,
});

const coverageOf = ({ location }: PageReader): string =>
  location === 'all' ? '/prisons' : `/prisons/${location}/watched`;

/** As the person sees it, whatever it is called within. */
const pathOf = ({ originalUrl }: Request): string => originalUrl.split('?')[0] ?? '/';
