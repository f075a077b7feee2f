import { BlockList, isIP } from 'node:net';
import { WrongSetting } from './wrong-setting.js';

const NAME = 'TRUST_PROXY';
const ALLOWED =
  'use addresses or networks of proxies, such as 10.0.0.5,10.1.0.0/16, or loopback, linklocal, uniquelocal; never everybody, nor an IPv4 network larger than /8';

/** Networks by name, as Express knows them. */
const NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** In bits: a larger IPv4 network than this is nobody's own. */
const SHORTEST_IPV4 = 8;

/** Addresses that are far apart: whoever believes both believes everybody. */
const FAR_APART = [
  ['1.1.1.1', '200.1.1.1'],
  ['2001:4860::1', '2a00::1'],
] as const;

/**
 * The proxies whose X-Forwarded-For is believed; none where the text is empty.
 * @throws WrongSetting, also where everybody would be believed, by one network or by all together: they could then pass for
 *   any address
 */
export const proxiesOf = (value: string): readonly string[] => {
  const proxies = value === '' ? [] : value.split(',').map((one) => one.trim());
  if (!proxies.every(isProxy) || holdEverybody(proxies)) throw new WrongSetting(NAME, value, ALLOWED);
  return proxies;
};

const isProxy = (text: string): boolean => {
  if (NETWORKS.includes(text) || (isIP(text) !== 0 && !text.includes('%'))) return true;
  const network = networkIn(text);
  return network !== undefined && (network.family === 'ipv6' || network.length >= SHORTEST_IPV4);
};

const holdEverybody = (proxies: readonly string[]): boolean => {
  const all = new BlockList();
  for (const { address, length, family } of proxies.map(networkIn).filter((network) => network !== undefined))
    all.addSubnet(address, length, family);
  return FAR_APART.some((pair) => pair.every((one) => all.check(one, familyOf(one))));
};

interface ProxyNetwork {
  readonly address: string;
  readonly length: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** `10.1.0.0/16`; nothing where the text is no network. */
const networkIn = (text: string): ProxyNetwork | undefined => {
  const [, address = '', length = ''] = /^([^/%]+)\/([1-9]\d{0,2})$/.exec(text) ?? [];
  if (isIP(address) === 0) return undefined;
  const network = { address, length: Number(length), family: familyOf(address) };
  return network.length <= (network.family === 'ipv6' ? 128 : 32) ? network : undefined;
};

const familyOf = (address: string): ProxyNetwork['family'] => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
