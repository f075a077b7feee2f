import { expect, it } from '@jest/globals';
import { Controller, Get, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ApiOperation } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { RequiresRole, OpenToAll } from '../access/required-roles.js';
import { Routes } from '../access/routes.js';
import { RouteChecks } from './route-checks.js';
import { Discloses } from './disclosure.js';

@Controller('silent')
class Silent {
  @Get()
  @RequiresRole('ROLE_CUSTODY_WATCH__ALERTS__RO')
  @ApiOperation({ operationId: 'silent' })
  list(): string {
    return 'A1234BC';
  }
}

@Controller('nameless')
class Nameless {
  @Get()
  @RequiresRole('ROLE_CUSTODY_WATCH__ALERTS__RO')
  @Discloses('read')
  list(): string {
    return 'A1234BC';
  }
}

@RequiresRole('ROLE_CUSTODY_WATCH__ALERTS__RO')
@Discloses('nobody')
@Controller('told')
class Told {
  @Get()
  list(): string {
    return '';
  }

  @Get('open')
  @OpenToAll()
  open(): string {
    return '';
  }

  @Get('one')
  @Discloses('read')
  @ApiOperation({ operationId: 'one' })
  one(): string {
    return 'A1234BC';
  }
}

@RequiresRole('ROLE_CUSTODY_WATCH__ALERTS__RO')
@Discloses('nobody')
@Controller('declared')
class Declared {
  @Get()
  list(): string {
    return '';
  }
}

@Discloses('nobody')
@Controller('forgetful')
class Forgetful {
  @Get('open')
  @OpenToAll()
  open(): string {
    return '';
  }

  @Get('forgotten')
  forgotten(): string {
    return '';
  }
}

const start = async (...controllers: Type[]): Promise<unknown> =>
  (
    await Test.createTestingModule({
      imports: [DiscoveryModule],
      controllers,
      providers: [Routes, RouteChecks],
    }).compile()
  ).init();

it('a route that does not say who may use it keeps the service from starting, and is named', async () => {
  await expect(start(Declared, Forgetful)).rejects.toMatchObject({
    code: 'ROUTE_DECLARES_NOTHING',
    message: expect.stringMatching(/^Forgetful\.forgotten does not say who may use it\./) as unknown,
  });
});

it('without it the service starts', async () => {
  await expect(start(Declared)).resolves.toBeDefined();
});

it('a route that does not say whether it shows anybody keeps the service from starting, and is named', async () => {
  await expect(start(Silent)).rejects.toMatchObject({
    code: 'ROUTE_LEAVES_NO_RECORD',
    message: expect.stringMatching(/^Silent\.list /) as unknown,
  });
});

it('so does one whose record could not say which route it was', async () => {
  await expect(start(Nameless)).rejects.toMatchObject({ code: 'ROUTE_LEAVES_NO_RECORD' });
});

it('a route may say it itself, leave it to its controller, or be open to all', async () => {
  await expect(start(Told)).resolves.toBeDefined();
});
