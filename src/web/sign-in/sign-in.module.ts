import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { WatchModule } from '../../watch/watch.module.js';
import { ChoiceController } from './choice.controller.js';
import { Errands } from './errands.js';
import { IssuerController } from './issuer.controller.js';
import { KnownPrisons } from './known-prisons.js';
import { LocationController } from './location.controller.js';
import { NotSetUpController } from './not-set-up.controller.js';
import { PeopleIssuer } from './people-issuer.js';
import { SessionNotices } from './session-notices.js';
import { Sessions } from './sessions.js';
import { SessionsController } from './sessions.controller.js';
import { SignOutController } from './sign-out.controller.js';
import { WayBack } from './way-back.js';
import { PUBLIC_URL, PAGE_SIGN_IN, type PageSignIn } from './page-sign-in.js';

/** What there is at `/sign-in`, by the way in. */
const SIGN_IN: Readonly<Record<PageSignIn['by'], readonly Type[]>> = {
  issuer: [IssuerController],
  nothing: [NotSetUpController],
  choice: [ChoiceController],
  'being here': [],
};

/** How people sign in, stay signed in, and leave. */
@Module({})
export class SignInModule {
  /** @param publicUrl the address under which people reach the service; missing where only this machine does */
  static by(wayIn: PageSignIn, publicUrl: string | undefined): DynamicModule {
    return {
      module: SignInModule,
      imports: [WatchModule],
      controllers: [...SIGN_IN[wayIn.by], SignOutController, LocationController, SessionsController],
      providers: [
        { provide: PAGE_SIGN_IN, useValue: wayIn },
        ...(wayIn.by === 'issuer' ? [{ provide: PeopleIssuer, useValue: wayIn.issuer }] : []),
        ...(publicUrl === undefined ? [] : [{ provide: PUBLIC_URL, useValue: publicUrl }]),
        Errands,
        KnownPrisons,
        SessionNotices,
        Sessions,
        WayBack,
      ],
      exports: [SessionNotices, Sessions, WayBack],
    };
  }
}
