import type { Role } from '../../access/roles.js';
import { english } from '../words/english.js';

const { navigation } = english.frame;

const ALERTS: readonly Role[] = ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'];

/** Whether somebody with these roles may look at safety alerts. */
export const maySeeAlerts = (roles: ReadonlySet<Role>): boolean => ALERTS.some((role) => roles.has(role));

/** What is to be found where, and who may go there. Without roles: everybody. */
const PLACES: readonly { readonly text: string; readonly href: string; readonly needs?: readonly Role[] }[] = [
  { text: navigation.home, href: '/' },
  { text: navigation.alerts, href: '/alerts', needs: ALERTS },
  { text: navigation.handover, href: '/handover', needs: ALERTS },
  { text: navigation.oversight, href: '/oversight', needs: ['ROLE_CUSTODY_WATCH__OVERSIGHT__RO'] },
  { text: navigation.rules, href: '/rules' },
  { text: navigation.records, href: '/parked', needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'] },
  { text: navigation.rolls, href: '/roll', needs: ['ROLE_CUSTODY_WATCH__ADMIN__RW'] },
  { text: navigation.help, href: '/help' },
];

/** One entry of the navigation, as the GOV.UK component takes it. */
export interface NavigationItem {
  readonly text: string;
  readonly href: string;
  readonly active: boolean;
}

/** Where somebody with these roles may go; the place that a path lies in is the active one. */
export const navigationFor = (roles: ReadonlySet<Role>, path: string): NavigationItem[] =>
  PLACES.filter(({ needs }) => !needs || needs.some((role) => roles.has(role))).map(({ text, href }) => ({
    text,
    href,
    active: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
  }));
