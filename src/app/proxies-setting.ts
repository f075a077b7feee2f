import { BlockList, isIP } from 'node:net';
import { WrongSetting } from './wrong-setting.js';

const NAME = 'TRUST_PROXY';
const ALLOWED =
  'use addresses or networks of proxies, such as 10.0.0.5,10.1.0.0/16, or loopback, linklocal, uniquelocal; never everybody';

/** Networks by name, as Express knows them. */
const NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * The proxies whose X-Forwarded-For is believed; none where the text is empty.
 * @throws WrongSetting, also where everybody would be believed, who could then pass for any address
 */
export const proxiesOf = (value: string): readonly string[] => {
  const proxies = value === '' ? [] : value.split(',').map((one) => one.trim());
  if (!proxies.every(isProxy)) throw new WrongSetting(NAME, value, ALLOWED);
  return proxies;
};

const isProxy = (text: string): boolean => {
  const [address = '', length, ...more] = text.split('/');
  if (NETWORKS.includes(text) || (isIP(text) !== 0 && !text.includes('%'))) return true;
  return length !== undefined && more.length === 0 && /^[1-9]\d{0,2}$/.test(length) && isNetwork(address, length);
};

const isNetwork = (address: string, length: string): boolean => {
  try {
    new BlockList().addSubnet(address, Number(length), isIP(address) === 6 ? 'ipv6' : 'ipv4');
    return true;
  } catch {
    return false;
  }
};
