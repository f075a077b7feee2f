import 'reflect-metadata'; // what signs certificates needs it, and does not bring it
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509';
import { KeyObject, webcrypto } from 'node:crypto';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate with its key, as PEM. */
export interface Certified {
  readonly certificate: string;
  readonly key: string;
}

/** Somebody who signs the certificates of servers: for tests only. */
export class Authority {
  private constructor(
    private readonly own: X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  /** @param name that it goes by; another may go by the same */
  static async create(name: string): Promise<Authority> {
    const keys = await newKeys();
    const own = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}`,
      notBefore: new Date('2020-01-01'),
      notAfter: new Date('2099-01-01'),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [new BasicConstraintsExtension(true, undefined, true)],
    });
    return new Authority(own, keys);
  }

  /** What clients are given to trust it, as PEM. */
  get certificate(): string {
    return this.own.toString('pem');
  }

  /** For a server of this name; good until a day, by default far away. */
  async certify(host: string, until = '2099-01-01'): Promise<Certified> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      subject: 'CN=node',
      issuer: this.own.subject,
      publicKey: keys.publicKey,
      notBefore: new Date('2020-01-01'),
      notAfter: new Date(until),
      signingKey: this.keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
    });
    return { certificate: certificate.toString('pem'), key: pemOf(keys.privateKey) };
  }
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const pemOf = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
