import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Routes } from './routes.js';
import { SIGN_IN, type SignIn } from './sign-in.js';

/** Who may do and see what. The application recognises callers with the same sign-in before any route is reached. */
@Module({})
export class AccessModule {
  static with(signIn: SignIn): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [{ provide: SIGN_IN, useValue: signIn }, { provide: APP_GUARD, useClass: AccessGuard }, Routes],
      exports: [SIGN_IN, Routes],
    };
  }
}
