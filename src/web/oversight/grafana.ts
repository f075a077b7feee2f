/** Nest's token for the address of Grafana (setting GRAFANA_URL); empty where there is none. */
export const GRAFANA_URL = Symbol('GrafanaUrl');
