import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestMethod, type Type } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type AccessRecord, fromStored } from '../../src/access-records/access-record.js';
import { DISCLOSURE, operationOf } from '../../src/access-records/disclosure.js';
import { ROUTE_ROLES } from '../../src/access/required-roles.js';
import { type Role, ROLES } from '../../src/access/roles.js';
import { EVENT_STORE, type EventStore } from '../../src/store/event-store.js';
import type { Tick } from '../../src/watch/tick.js';
import { PeopleOnly } from '../../src/web/sign-in/people-only.js';
import type { Subject } from '../access/matrix.js';
import type { SignedInService } from '../access/service.js';
import { passingTime } from '../passing-time.js';
import { type Answer, type Browser, csrfTokenIn } from './browser.js';
import { PAGE_MATRIX, type PageLine } from './page-matrix.js';
import { ASMITH, servicePages, signedIn } from './pages.js';

const LINES = Object.entries(PAGE_MATRIX).map(([route, line]) => ({ route, ...line }));

let service: SignedInService;
let time: Tick;
let own: Subject;
let other: Subject;
/** Somebody of each role before a browser, who works in XYI. */
const browsers = new Map<Role, { readonly browser: Browser; readonly token: string }>();

beforeAll(async () => {
  service = await servicePages();
  for (const [who, prison] of [
    ['A0001AA', 'XYI'],
    ['A0002AA', 'XYM'],
  ] as const) {
    await service.happens('PrisonerReceived', who, prison, { reason: 'NEW_ADMISSION' });
    await service.happens('PersonDetailsChanged', who, prison, { firstName: 'Ash', lastName: `Of ${prison}` });
    await service.happens('BereavementNotified', who, prison, {});
  }
  own = service.alertOf('A0001AA', 'FAM-02');
  other = service.alertOf('A0002AA', 'FAM-02');
  time = passingTime(service.app, service.clock);
  for (const role of ROLES) {
    const { browser, page } = await signedIn(service, { ...ASMITH, authorities: [role], caseloads: ['XYI'] });
    browsers.set(role, { browser, token: csrfTokenIn(page) });
  }
});

afterAll(async () => {
  await time.stop();
  await service.stop();
});

const ask = async (role: Role, { ask: asking }: PageLine, about: Subject): Promise<Answer> => {
  const { browser, token } = browsers.get(role) as { browser: Browser; token: string };
  const { path, form } = asking(about);
  return form ? browser.send(path, { ...form, _csrf: token }) : browser.ask(path);
};

interface Route {
  readonly route: string;
  readonly needs: readonly Role[];
  readonly operation: string;
  readonly shown: string;
}

/** Every route of a controller of pages, as it declares itself. */
const routes = (): Route[] => {
  const scanner = new MetadataScanner();
  const reflector = new Reflector();
  return service.app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .map(({ metatype }) => metatype as Type)
    .filter((type) => (Reflect.getMetadata(GUARDS_METADATA, type) as unknown[] | undefined)?.includes(PeopleOnly))
    .flatMap((type) => {
      const handlers = type.prototype as Record<string, object>;
      return scanner.getAllMethodNames(type.prototype as object).flatMap((name) => {
        const handler = handlers[name] as object;
        if (!Reflect.hasMetadata(PATH_METADATA, handler)) return [];
        const declared = (key: symbol) => reflector.getAllAndOverride<unknown>(key, [handler as () => void, type]);
        const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? '';
        const base = String(Reflect.getMetadata(PATH_METADATA, type));
        return [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat().map((path) => ({
          route: `${method} /${[base, path].filter((part) => part !== '' && part !== '/').join('/')}`,
          needs: declared(ROUTE_ROLES) as readonly Role[],
          operation: operationOf(handler) ?? '',
          shown: String(declared(DISCLOSURE)),
        }));
      });
    });
};

const isPage = ({ headers, text }: Answer): boolean =>
  headers.get('Content-Type')?.startsWith('text/html') === true && text.includes('&ndash; Custody Watch</title>');

describe('every page', () => {
  it('has a line in the matrix, and is for those whom the line says', () => {
    expect(Object.fromEntries(routes().map(({ route, needs }) => [route, needs]))).toEqual(
      Object.fromEntries(LINES.map(({ route, needs }) => [route, needs])),
    );
  });

  describe.each(LINES)('$route', (line) => {
    it('is refused to every other role, on a page that says so', async () => {
      for (const role of ROLES.filter((one) => !line.needs.includes(one))) {
        const answer = await ask(role, line, own);
        expect([role, answer.status, isPage(answer)]).toEqual([role, 403, true]);
      }
    });

    it('shows nobody of another prison to anybody', async () => {
      for (const role of line.needs) {
        const answer = await ask(role, line, other);
        expect([role, answer.status, isPage(answer) || answer.status !== 404]).toEqual([role, line.answers[1], true]);
        expect(answer.text).not.toMatch(/Of XYM/);
      }
    });

    it('is answered to those who may, kept nowhere, and recorded where it shows somebody', async () => {
      const { operation, shown } = routes().find(({ route }) => route === line.route) as Route;
      for (const role of line.needs) {
        const answer = await ask(role, line, own);
        expect([line.answers[0]].flat()).toContain(answer.status);
        expect(answer.headers.get('Cache-Control')).toBe('no-store');
        if (answer.text.includes('Of XYI')) expect(shown).not.toBe('nobody');
      }
      const isToBeRecorded = line.ask(own).path.includes(own.id) || operation === 'viewSafetyAlerts';
      if (isToBeRecorded)
        expect(await recordsOf(operation)).toContainEqual(expect.objectContaining({ prisonNumbers: ['A0001AA'] }));
    });
  });

  it('asks strangers to sign in first', async () => {
    const { browser } = browsers.get(ROLES[0]) as { browser: Browser };
    browser.cookies.clear();
    for (const line of LINES.filter(({ route }) => route.startsWith('GET')))
      expect((await browser.ask(line.ask(own).path)).location).toBe('/sign-in');
  });
});

const recordsOf = async (operation: string): Promise<AccessRecord[]> => {
  const records: AccessRecord[] = [];
  const store = service.app.get<EventStore>(EVENT_STORE);
  for await (const event of store.readAll())
    if (event.type === 'AccessRecorded' && fromStored(event).operation === operation) records.push(fromStored(event));
  return records;
};
