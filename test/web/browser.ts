import { PAGES } from '../access/issuer.js';

const MOST_REDIRECTS = 12;

export interface Answer {
  readonly status: number;
  /** The header, as it was sent. */
  readonly location: string | null;
  readonly leadsTo: URL | null;
  readonly cookies: readonly string[];
  readonly headers: Headers;
  readonly text: string;
  /** The address that was asked. */
  readonly url: string;
}

/** Somebody's browser without scripts: keeps cookies, follows links and redirects, sends forms. */
export class Browser {
  /** By host, then by name. */
  private readonly jar = new Map<string, Map<string, string>>();

  /**
   * @param port where the service listens on this machine
   * @param url the address under which people reach it
   */
  constructor(
    private readonly port: () => number,
    readonly url: string = PAGES.url,
  ) {}

  /** One request, and no further. */
  async ask(address: string, init: RequestInit = {}): Promise<Answer> {
    const url = new URL(address, this.url);
    const ours = url.origin === this.url;
    const reached = ours ? new URL(url.pathname + url.search, `http://127.0.0.1:${this.port()}`) : url;
    const headers = new Headers({ Accept: 'text/html,*/*;q=0.8', ...(init.headers as Record<string, string>) });
    const cookies = this.cookiesOf(url.host);
    if (cookies.size > 0) headers.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(reached, { redirect: 'manual', ...init, headers });
    const set = response.headers.getSetCookie();
    for (const cookie of set) this.keep(cookies, cookie);
    const location = response.headers.get('Location');
    return {
      status: response.status,
      cookies: set,
      headers: response.headers,
      text: await response.text(),
      location,
      leadsTo: location === null ? null : new URL(location, url),
      url: url.href,
    };
  }

  /** Opens an address, and whatever it leads to. */
  async open(address: string): Promise<Answer> {
    return this.follow(await this.ask(address));
  }

  /** Sends a form from a page of ours, and no further. */
  send(path: string, form: Readonly<Record<string, string>>, from = '/', headers: object = {}): Promise<Answer> {
    return this.ask(path, {
      method: 'POST',
      headers: { Referer: this.url + from, Origin: this.url, ...headers },
      body: new URLSearchParams(form),
    });
  }

  async follow(answer: Answer): Promise<Answer> {
    let last = answer;
    for (let n = 0; last.leadsTo !== null; n++) {
      if (n === MOST_REDIRECTS) throw new Error(`${answer.url} leads round and round, last to ${last.leadsTo.href}`);
      last = await this.ask(last.leadsTo.href);
    }
    return last;
  }

  /** The cookies of the service. */
  get cookies(): Map<string, string> {
    return this.cookiesOf(new URL(this.url).host);
  }

  private cookiesOf(host: string): Map<string, string> {
    const cookies = this.jar.get(host) ?? new Map<string, string>();
    this.jar.set(host, cookies);
    return cookies;
  }

  private keep(cookies: Map<string, string>, cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** The token that the forms of a page carry. */
export const csrfTokenIn = ({ text }: Answer): string => /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? '';
