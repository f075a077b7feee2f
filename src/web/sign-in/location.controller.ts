import { Body, Get, Post, Redirect, Req } from '@nestjs/common';
import type { Request } from 'express';
import { ROLES } from '../../access/roles.js';
import { PrisonNames } from '../../prison/prison-names.js';
import { english } from '../words/english.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { UnknownLocation } from './errors.js';
import { ALL, type ChosenLocation, Location } from './location.js';
import { WayBack } from './way-back.js';

/** Which of their prisons somebody looks at. It holds until they sign out. */
@Page('location', ROLES, 'nobody')
export class LocationController {
  constructor(
    private readonly wayBack: WayBack,
    private readonly names: PrisonNames,
  ) {}

  @Get()
  @Viewed('sign-in/location', 'viewLocations')
  offer(@Location() location: ChosenLocation, @Req() request: Request) {
    const from = this.wayBack.sentFrom(request);
    if (from !== undefined) request.session.wayBack = from;
    return { ...location, items: [...location.choices, ALL].map((value) => ({ value, text: this.asShown(value) })) };
  }

  /** @throws UnknownLocation: it must be one of theirs, or all of them */
  @Post()
  @Redirect('/', 303)
  @Sent('changeLocation')
  change(@Body('location') chosen: unknown, @Location() { choices }: ChosenLocation, @Req() request: Request) {
    if (typeof chosen !== 'string' || ![ALL, ...choices].includes(chosen)) throw new UnknownLocation();
    const { session } = request;
    const url = this.wayBack.sentFrom(request) ?? session.wayBack ?? '/';
    delete session.wayBack;
    session.location = chosen;
    return { url };
  }

  private asShown(location: string): string {
    return location === ALL ? english.frame.allLocations : this.names.withId(location);
  }
}
