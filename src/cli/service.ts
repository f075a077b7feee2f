import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import { SpoolWatch } from '../access-records/access-records.module.js';
import { SecurityEvents } from '../access-records/security-events.js';
import type { BoundedExpress } from '../app/bounded-server.js';
import { createApp } from '../app/create-app.js';
import { openEstate, type OpenEstate } from '../app/estate.js';
import { ServiceLog } from '../app/log.js';
import { RulesReload } from '../app/rules-reload.js';
import { listenForManagement } from '../app/management.js';
import type { Settings } from '../app/settings.js';
import { CustodyLog } from '../custody/custody-log.js';
import { PeopleProjection } from '../custody/people/people-projection.js';
import { PendingProjection } from '../custody/pending/pending-projection.js';
import { HandoverProjection } from '../handover/handover-projection.js';
import { KeyWorkProjection } from '../key-work/figures/key-work-projection.js';
import { AlertProjection } from '../safety-alerts/list/alert-projection.js';
import { ClockTrust } from '../oversight/clock-trust.js';
import { EventLoop } from '../oversight/event-loop.js';
import { NightlyRolls } from '../roll/nightly-rolls.js';
import { RollChecks } from '../roll/roll-checks.js';
import { AlertStream } from '../safety-alerts/http/stream-alerts.js';
import { DigestKeeper } from '../store/chain/digest-keeper.js';
import { systemClock } from '../store/clock.js';
import type { StoreError } from '../store/errors.js';
import { NewReading } from '../store/new-reading.js';
import type { Projection } from '../store/projection.js';
import { machineClock } from '../store/trusted-clock.js';
import { Tick } from '../watch/tick.js';
import { Watch } from '../watch/watch.js';
import { Freshness } from '../web/frame/freshness.js';
import { SessionNotices } from '../web/sign-in/session-notices.js';
import { EXIT } from './exit.js';
import { HangUps } from './hang-ups.js';
import { loadDemonstration, type LivingDemonstration } from './demonstration.js';
import { logAhead, untilLogTime } from './log-ahead.js';
import { onceThere, Outage, waitForServer } from './outage.js';
import { asError, codeOf } from '../prison/errors.js';

export interface ServeOptions {
  readonly demo: boolean;
  /** Do not wait for an event server that is away. */
  readonly failFast: boolean;
  /** Go on with the log as it is, whatever it was when it was left. */
  readonly acceptRestored: boolean;
}

/** Runs until somebody asks it to stop. @throws PortTaken, and whatever opening the estate throws */
export const serve = async (settings: Settings, options: ServeOptions): Promise<void> => {
  goOnUnheard();
  const log = new ServiceLog(settings.logLevel, process.stdout.isTTY);
  const stopped = askedToStop();
  const hangUps = new HangUps();
  let acceptRestored = options.acceptRestored;
  while (
    (await serveOn(settings, { ...options, acceptRestored }, log, { stopped, hangUps })) === 'the log is read anew'
  ) {
    log.warn(
      'Log time was set in the log, or an event was dropped or is to be read again: the service starts anew, and reads all of it again.',
      'Log',
    );
    acceptRestored = false;
  }
  process.exitCode = EXIT.done;
};

/** What ends a service that is whole. */
type Ending = 'asked to stop' | 'the log is read anew';

/** What others want of the process. */
interface Signals {
  readonly stopped: ReturnType<typeof askedToStop>;
  readonly hangUps: HangUps;
}

const serveOn = async (
  settings: Settings,
  options: ServeOptions,
  log: ServiceLog,
  { stopped, hangUps }: Signals,
): Promise<Ending> => {
  const { demo, failFast } = options;
  const outage = new Outage(log);
  const wait = () => waitForServer(settings, { clock: systemClock, outage, log, failFast });
  const mayWait = settings.server !== undefined && !failFast;
  const goesAway = (trouble: StoreError): void => {
    outage.sees(trouble, systemClock.now());
  };
  const start = onceThere(wait, () => begin(settings, options, log), mayWait ? goesAway : undefined);
  const begun = await Promise.race([start, stopped]);
  // A start may take long, and wait for what never comes. It may be broken off anywhere, as by a crash.
  if (begun === 'asked to stop') return process.exit(EXIT.done);
  const { estate, app, url, life, newReading, end } = begun;
  const { watching, reading } = startTicking(app, estate, { outage, newReading }, life);
  process.stdout.write(demo ? whatToTry(url, settings) : `Custody Watch serves at ${url}\n`);
  hangUps.listen(() => {
    reload(app);
  });
  const ending = await Promise.race([stopped, newReading.isNeeded.then((): Ending => 'the log is read anew')]);
  hangUps.rest();
  // As long as answers are given, all goes on: some wait for what the watch decides.
  await (app.getHttpAdapter() as BoundedExpress).drain();
  // A tick of the watch may wait for the log, and ends when the watch is stopped with the application.
  const watchHasTicked = watching.stop();
  await reading.stop();
  await end();
  await watchHasTicked;
  return ending;
};

/** A service that listens, and does not tick yet. */
interface BegunService {
  readonly estate: OpenEstate;
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly life: LivingDemonstration | undefined;
  readonly newReading: NewReading;
  readonly end: () => Promise<void>;
}

/** Where it fails, nothing is left of it. @throws PortTaken, and whatever opening the estate throws */
const begin = async (settings: Settings, options: ServeOptions, log: ServiceLog): Promise<BegunService> => {
  const { demo, failFast } = options;
  const estate = await openInTime(settings, options, log);
  const toEnd: (() => Promise<unknown>)[] = [() => closed(estate)];
  const end = async (): Promise<void> => {
    for (let next = toEnd.pop(); next; next = toEnd.pop()) await next();
  };
  try {
    const life = demo ? await loadDemonstration(estate) : undefined;
    const app = await createApp(estate, log);
    toEnd.push(() => app.close());
    if (!demo) warnOfKeys(estate);
    const management = await listen(app, settings);
    toEnd.push(() => Promise.resolve(management?.close().closeAllConnections()));
    const url = urlOf(app, settings);
    if (failFast) failIfAway(app.get(Watch));
    estate.held.announce(url);
    const newReading = new NewReading(estate.chained, settings.streamPrefix, estate);
    toEnd.push(() => newReading.stop());
    await newReading.start();
    return { estate, app, url, life, newReading, end };
  } catch (error) {
    await end();
    throw error;
  }
};

/** Opens the estate; where the clock of this machine is behind what the log says, once it is not any more. */
const openInTime = async (
  settings: Settings,
  { demo, acceptRestored }: ServeOptions,
  log: ServiceLog,
): Promise<OpenEstate> => {
  for (;;) {
    const estate = await openEstate(settings, demo, machineClock(), acceptRestored);
    const ahead = await logAhead(estate, settings).catch(async (error: unknown) => {
      await closed(estate);
      throw error;
    });
    if (ahead === undefined) return estate;
    await closed(estate);
    await untilLogTime(ahead, settings, log);
  }
};

const closed = async (estate: OpenEstate): Promise<void> => {
  await estate.checkpoints.close();
  await estate.close();
};

/**
 * Whoever reads what the service says may go away, or their disk may be full: then that is lost, and nothing else. Standard
 * error tells it once; where that is gone too, nobody is left to be told.
 */
const goOnUnheard = (): void => {
  process.stderr.on('error', () => undefined);
  let isTold = false;
  process.stdout.on('error', (error) => {
    if (!isTold)
      process.stderr.write(`custody-watch: standard output cannot be written: ${codeOf(error)}. It goes on.\n`);
    isTold = true;
  });
};

/** The server may have gone away since it was last asked. @throws StoreUnavailable */
const failIfAway = ({ failure }: Watch): void => {
  if (failure) throw failure;
};

const warnOfKeys = ({ masterKey: { file, exposure } }: OpenEstate): void => {
  if (file === undefined || exposure === undefined) return;
  new Logger('MasterKey').warn(
    `${file} ${exposure}: it protects nobody, and is refused with AUTH=oidc. Keep it elsewhere, readable by this user ` +
      'alone, and set MASTER_KEY_FILE: see docs/personal-data.md.',
  );
};

/** Something else listens there already. */
class PortTaken extends Error {
  readonly code = 'PORT_TAKEN';
}

/** Answers with the management listener, where the settings want one. @throws PortTaken */
const listen = async (
  app: NestExpressApplication,
  { port, host, management }: Settings,
): Promise<Server | undefined> => {
  await unlessTaken('PORT', port, app.listen(port, host));
  return management && (await unlessTaken('MANAGEMENT_PORT', management.port, listenForManagement(app, management)));
};

const unlessTaken = async <T>(setting: string, port: number, listening: Promise<T>): Promise<T> => {
  try {
    return await listening;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new PortTaken(`${setting}=${port} is taken by another process. Stop that one, or choose another ${setting}.`);
  }
};

/** Node's own numbering of addresses: the port may have been left to the machine. */
const urlOf = (app: NestExpressApplication, { host }: Settings): string => {
  const address = (app.getHttpServer() as { address(): { port: number } }).address();
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
};

/** The watch has a tick of its own: while it waits for the log, pages must be able to say that they are behind. */
const startTicking = (
  app: NestExpressApplication,
  estate: OpenEstate,
  { outage, newReading }: { readonly outage: Outage; readonly newReading: NewReading },
  life?: LivingDemonstration,
): { readonly watching: Tick; readonly reading: Tick } => {
  const watch = app.get(Watch);
  const log = app.get(CustodyLog);
  const spool = app.get(SpoolWatch);
  const security = app.get(SecurityEvents);
  const stream = app.get(AlertStream);
  const eventLoop = app.get(EventLoop);
  const freshness = app.get(Freshness);
  const sessions = app.get(SessionNotices);
  const time = app.get(ClockTrust);
  const digests = app.get(DigestKeeper);
  const rolls = app.get(NightlyRolls);
  const [checks, people] = [app.get(RollChecks), app.get(PeopleProjection)];
  const projections = [AlertProjection, KeyWorkProjection, PeopleProjection, PendingProjection, HandoverProjection].map(
    (type): Projection => app.get(type),
  );
  const watching = new Tick(estate.clock, (now) => watch.tick(now));
  const reading = new Tick(estate.clock, async (now) => {
    await life?.goOn(log, now).catch(asWarning);
    if (people.caughtUp) await life?.checkRoll(checks).catch(asWarning);
    const projected = projections.map((projection) => projection.tick(now));
    freshness.tick(now);
    sessions.tick();
    stream.tick(now);
    security.tick(now);
    eventLoop.tick(now);
    time.tick(now);
    newReading.tick();
    rolls.tick(now);
    await Promise.all(projected);
    await spool.tick();
    await digests.tick(now);
    outage.look(estate.held, now);
  });
  for (const tick of [watching, reading]) tick.start();
  return { watching, reading };
};

/** A demonstration that cannot go on just now, on a full disk say, ends neither the watch nor the service. */
const asWarning = (error: unknown): void => {
  new Logger('Demonstration').warn(asError(error).message);
};

/** A reload that is refused has been logged, and changes nothing. */
const reload = (app: NestExpressApplication): void => {
  app
    .get(RulesReload)
    .reload()
    .catch(() => undefined);
};

/** Resolves once somebody asks the process to stop. From now on the first signal does not end it at once. */
const askedToStop = (): Promise<'asked to stop'> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve('asked to stop');
      });
    }
  });

const whatToTry = (url: string, { dataDir }: Settings): string => `
Custody Watch with three demonstration prisons: every person in them is invented.

  Open ${url} and choose who you are.

  XYI, weekly key work         Robin Lark, safer-custody officer, works the safety alerts; Jay Swift takes
                               somebody's key worker history into a review. New alerts come while you watch.
  XYW, a women's prison        Erin Teal. There is no key work scheme, and only what HMPPS publishes is told.
  XYT, a feed that is silent   Noor Crane. Case notes have not come since yesterday at 17:00.
  All of them                  Martin Finch, regional oversight, looks at figures; Sam Dove, who runs the
                               service, at what rolls and the log say differently of XYW.

  For programs:
  ${url}/docs               every route, to be tried in the browser
  ${url}/safety-alerts?state=OPEN&severity=CRITICAL,HIGH
  ${url}/rules?prisonId=XYW     what is watched there, and what is not
  ${url}/prisons/XYW/roll
  ${url}/metrics            for Prometheus
  ${url}/health

Ctrl-C stops it. The data stay in ${dataDir}; delete that folder to begin anew.
`;
