import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/app/settings.js';
import { Authority } from '../eventstoredb/certificates.js';
import { composed, isThere, mountOf, text, yaml, type Service } from './compose-file.js';

/** No Docker engine is needed: these hold the files against each other, against the repository and the program. */

const folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
const caFile = join(folder, 'ca.crt');
writeFileSync(caFile, (await Authority.create('Ours')).certificate);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Of these no digest could be checked anywhere. */
const BY_VERSION_ALONE = ['docker.kurrent.io/kurrent-latest/kurrentdb:26.0.3', 'eventstore/es-gencert-cli:1.0.2'];

/** As `config/compose/certificates.sh` writes it. */
const urlFile = join(folder, 'eventstore-url');
const addressFor = (nodes = ''): string => `esdb://custody-watch:secret@${nodes}`.replace('/authority/ca.crt', caFile);

describe.each([
  ['one node', ['docker-compose.yml']],
  ['three secured nodes', ['docker-compose.yml', 'compose.cluster.yml']],
])('the compose files, with %s', (_, files) => {
  const { services, volumes } = composed(...files);
  const all = Object.entries(services).map(([name, service]) => ({ name, service }));
  const running = all.filter(({ service }) => service.restart === 'unless-stopped');
  const instances = all.filter(({ name }) => name.startsWith('custody-watch-'));

  it.each(all)('$name: is built here, or is an image of a very version', ({ service: { image = '', build } }) => {
    const pinned = build === undefined && !BY_VERSION_ALONE.includes(image) ? '@sha256:[0-9a-f]{64}' : '';
    expect(image).toMatch(new RegExp(`^[\\w./-]+:v?\\d+\\.\\d+\\.\\d+${pinned}$`));
    if (build !== undefined) expect(isThere(join(build, 'Dockerfile'))).toBe(true);
  });

  it.each(all)('$name: mounts what the repository has, never to be written to, or a volume', ({ service }) => {
    for (const { source, mode, isFile } of (service.volumes ?? []).map(mountOf)) {
      if (isFile) expect([source, isThere(source), mode]).toEqual([source, true, 'ro']);
      else expect(Object.keys(volumes)).toContain(source);
    }
  });

  it.each(all)('$name: depends on services that there are, and waits for what they have to do', ({ service }) => {
    for (const [on, { condition }] of Object.entries(service.depends_on ?? {}))
      expect(condition).toBe(
        services[on]?.restart === 'unless-stopped' ? 'service_healthy' : 'service_completed_successfully',
      );
  });

  it.each(running)('$name: is looked after', ({ service }) => {
    if (service.build === undefined) expect(service.healthcheck?.test[0]).toBe('CMD');
    else expect(text('Dockerfile')).toContain('HEALTHCHECK');
  });

  it('open ports to this machine only, each once', () => {
    const ports = all.flatMap(({ service }) => service.ports ?? []);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(new Set(ports.map((port) => port.split(':')[1])).size).toBe(ports.length);
  });

  it('have two instances, each with data of its own, under the same key to all keys', () => {
    expect(instances).toHaveLength(2);
    const sourcesOf = (target: string): (string | undefined)[] =>
      instances.map(
        ({ service }) => (service.volumes ?? []).map(mountOf).find((mount) => mount.target === target)?.source,
      );
    expect(new Set(sourcesOf('/data')).size).toBe(2);
    expect(sourcesOf('/keys')).toEqual(['keys', 'keys']);
  });

  it.each(instances)('$name: has settings that the program reads, and accepts', ({ service }) => {
    const { NODE_EXTRA_CA_CERTS: authority, ...environment } = service.environment ?? {};
    writeFileSync(urlFile, addressFor(services['certificates']?.environment?.['NODES']));
    const asMounted = (value: string): string =>
      value.replace('/authority/ca.crt', caFile).replace('/keys/eventstore-url', urlFile);
    const read = new Set<string>();
    const settings = readSettings(
      new Proxy(Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, asMounted(value)])), {
        get: (all_, name) => {
          read.add(String(name));
          return Reflect.get(all_, name) as string | undefined;
        },
      }),
    );
    expect(Object.keys(environment).filter((name) => !read.has(name))).toEqual([]);
    for (const host of settings.server?.hosts.split(',') ?? [])
      expect(services).toHaveProperty(host.split(':')[0] ?? '');
    expect(services).toHaveProperty(new URL(settings.issuer?.issuer ?? '').hostname);
    const targets = (service.volumes ?? []).map(mountOf).map(({ target }) => `${target}/`);
    for (const file of [authority ?? '', environment['MASTER_KEY_FILE'] ?? '', `${environment['DATA_DIR'] ?? ''}/`])
      expect(targets.some((target) => file.startsWith(target))).toBe(true);
  });

  it.each(instances)('$name: writes nowhere but to its data, and may do nothing else', ({ service }) => {
    expect(service).toMatchObject({ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'] });
  });

  it('give a certificate, in a volume of its own, to everybody who is to show one', () => {
    const certificates = services['certificates'];
    const names = certificates?.environment?.['NAMES']?.split(' ') ?? [];
    const showing = all.filter(({ service }) =>
      (service.volumes ?? []).some((volume) => volume.includes(':/certificate:')),
    );
    expect(names.toSorted()).toEqual(showing.map(({ name }) => name).toSorted());
    for (const name of names) {
      expect(certificates?.volumes).toContain(`${name}-certificate:/out/${name}`);
      expect(services[name]?.volumes).toContain(`${name}-certificate:/certificate:ro`);
    }
    const withTheKey = all.filter(({ service }) =>
      (service.volumes ?? []).some((volume) => volume.startsWith('authority-key:')),
    );
    expect(withTheKey.map(({ name }) => name)).toEqual(['certificates']);
  });
});

describe('the cluster', () => {
  const { services } = composed('docker-compose.yml', 'compose.cluster.yml');
  const nodes = Object.entries(services).filter(([name]) => /^node\d$/.test(name));

  it('is of three nodes that gossip with each other, and takes the place of the single one', () => {
    expect(nodes.map(([name]) => name)).toEqual(['node1', 'node2', 'node3']);
    for (const [name, { environment }] of nodes) {
      const others = nodes.flatMap(([other]) => (other === name ? [] : [`${other}:2113`]));
      expect(environment).toMatchObject({
        KURRENTDB_GOSSIP_SEED: others.join(','),
        KURRENTDB_NODE_HOST_ADVERTISE_AS: name,
        KURRENTDB_CLUSTER_SIZE: String(nodes.length),
      });
      expect(environment).not.toHaveProperty('KURRENTDB_INSECURE');
    }
    expect(services['eventstore']?.profiles).toEqual(['single']);
    expect(Object.values(services).flatMap(({ depends_on: on = {} }) => Object.keys(on))).not.toContain('eventstore');
  });

  it('has no password written down, and that of the service in a file that only it reads', () => {
    const passwords = text('compose.cluster.yml').matchAll(/(?:PASSWORD: |esdb:\/\/[\w-]+:)(\S+)/g);
    for (const [, password] of passwords) expect(password).toMatch(/^\$\{ADMIN_PASSWORD:\?/);
    expect(services['custody-watch-1']?.environment).toMatchObject({ EVENTSTORE_URL_FILE: '/keys/eventstore-url' });
    expect(text('config/compose/certificates.sh')).toContain(
      'install -o 1000 -m 0400 /tmp/eventstore-url /out/keys/eventstore-url',
    );
  });
});

describe('Prometheus, Alertmanager and Grafana in compose', () => {
  const { services } = composed('docker-compose.yml');
  const prometheus = yaml('config/compose/prometheus.yml') as {
    readonly rule_files: readonly string[];
    readonly scrape_configs: readonly { readonly static_configs: readonly { readonly targets: readonly string[] }[] }[];
    readonly alerting: {
      readonly alertmanagers: readonly {
        readonly static_configs: readonly { readonly targets: readonly string[] }[];
      }[];
    };
  };
  const mountsOf = (name: string): ReturnType<typeof mountOf>[] => (services[name]?.volumes ?? []).map(mountOf);
  const portsOf = ({ environment, ports }: Service): (string | undefined)[] => [
    environment?.['MANAGEMENT_PORT'],
    ...(ports ?? []).map((port) => port.split(':')[2]),
  ];

  it('scrape both instances where they tell their figures and nothing else', () => {
    const targets = prometheus.scrape_configs.flatMap((scrape) =>
      scrape.static_configs.flatMap((each) => each.targets),
    );
    expect(targets).toEqual(
      ['custody-watch-1', 'custody-watch-2'].map(
        (name) => `${name}:${services[name]?.environment?.['MANAGEMENT_PORT'] ?? ''}`,
      ),
    );
  });

  it('address each other by names and ports that there are', () => {
    const told = prometheus.alerting.alertmanagers.flatMap((each) =>
      each.static_configs.flatMap(({ targets }) => targets),
    );
    const { datasources } = yaml('config/compose/grafana-datasource.yml') as {
      datasources: readonly { url: string }[];
    };
    for (const address of [...told, ...datasources.map(({ url }) => url.replace('http://', ''))]) {
      const [name = '', port] = address.split(':');
      expect(portsOf(services[name] ?? {})).toContain(port);
    }
  });

  it('evaluate the rules, show the dashboards, and differ from the examples by addresses alone', () => {
    for (const file of prometheus.rule_files)
      expect(mountsOf('prometheus').map(({ target }) => target)).toContain(`/etc/prometheus/${file}`);
    const { providers } = yaml('config/grafana/provisioning/dashboards/custody-watch.yml') as {
      providers: readonly { options: { path: string } }[];
    };
    const mount = mountsOf('grafana').find(({ target }) => target === providers[0]?.options.path);
    expect(mount?.source).toBe('./config/grafana/dashboards');
    const withoutAddress = (path: string): unknown =>
      JSON.parse(JSON.stringify(yaml(path)).replaceAll(/"http:[^"]*"/g, '""'));
    expect(withoutAddress('config/compose/grafana-datasource.yml')).toEqual(
      withoutAddress('config/grafana/provisioning/datasources/prometheus.yml'),
    );
  });

  it('send alerts that have a name to a receiver that there is', () => {
    const { route, receivers } = yaml('config/alertmanager/alertmanager.yml') as {
      route: { receiver: string; routes: readonly { receiver: string; matchers: readonly string[] }[] };
      receivers: readonly { name: string }[];
    };
    const named = [route.receiver, ...route.routes.map(({ receiver }) => receiver)];
    expect(receivers.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
    const rules = text('config/prometheus/custody-watch.rules.yml');
    for (const [, alert] of text('config/alertmanager/alertmanager.yml').matchAll(/alertname = "(\w+)"/g))
      expect(rules).toContain(`alert: ${alert ?? ''}`);
  });
});
